"""The calls of a session that wait, and their messages."""
