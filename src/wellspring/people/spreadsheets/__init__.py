"""Excel files of the office: the template for a staff list, reading a filled-in one, the exported list."""
