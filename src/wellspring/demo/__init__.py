"""The demo: a few small news sites on loopback, and what an empty library is filled with to show itself."""
