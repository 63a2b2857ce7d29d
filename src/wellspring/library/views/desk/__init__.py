"""The library's pages of the office's desk, and the page where a member hands an address in."""
