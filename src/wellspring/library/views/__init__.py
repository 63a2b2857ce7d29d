"""Pages of the library: each reads the request, makes one call, and renders."""
