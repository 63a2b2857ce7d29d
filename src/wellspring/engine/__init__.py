"""Reading the web without Django: fetch, archive, extract, index. Usable and testable alone."""
