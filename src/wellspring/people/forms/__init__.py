"""Shapes of what the office types about people and units."""
