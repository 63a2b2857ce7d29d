"""Reads of the library, always scoped to who is looking."""
