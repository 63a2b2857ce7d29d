"""Excel files of a work plan: the template, reading a filled-in one, the exported plan."""
