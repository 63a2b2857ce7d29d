"""The sample news sites: invented outlets with our own reports, served on loopback only; no Django setup needed."""
