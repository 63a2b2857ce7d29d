"""A year of the demo community: its sessions, talks, ideas and plans, told in the TOML files beside this one."""
