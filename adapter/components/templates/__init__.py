"""HTML templates with values in them."""
