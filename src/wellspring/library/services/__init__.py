"""Writes of the library: each checks, changes and records in one transaction."""
