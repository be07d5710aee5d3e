"""What an app's author adds to the page: scripts, modules and what stands in its head."""
