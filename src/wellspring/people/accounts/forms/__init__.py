"""Forms of accounts, one module per subject."""
