"""Notices to people: written with the change itself, shown in the house, carried out by mail when that is wanted."""
