"""The sample news sites: invented outlets with reports of the project's own, served on loopback only; no Django setup."""
