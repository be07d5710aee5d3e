"""The HTTP face of an app."""
