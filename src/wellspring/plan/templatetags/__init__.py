"""Template tags of the work plan."""
