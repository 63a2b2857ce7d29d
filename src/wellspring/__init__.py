"""Wellspring / 源动力: a library of news snapshots and a workbench for community social workers."""

__version__ = "0.1.0"
