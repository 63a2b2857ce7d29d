"""Writes about people: each checks the actor, changes, and records, in one transaction."""
