"""Robots of units' group chats: set up at the desk, told a count and a link, never a name or a case."""
