"""Pages of a person's notices and of what she has chosen about them."""
