"""Files that people hand in: what they are, made harmless, kept by digest, served to whom may read them."""
