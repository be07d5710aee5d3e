"""A chat for a function."""
