"""Accounts: signing in and staying signed in, by password, link, passkey or second factor; the profile."""
