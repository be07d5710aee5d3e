"""The page: its document, its own files, and the routes of both."""
