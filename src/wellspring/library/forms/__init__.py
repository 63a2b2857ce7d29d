"""Shapes of what is typed into the library, by readers and on the desk."""
