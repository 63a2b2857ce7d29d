"""Pages of people and of the office's desk."""
