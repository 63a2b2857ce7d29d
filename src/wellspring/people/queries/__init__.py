"""Reads about people, scoped to a viewer."""
