"""Module-level data of an app: which of it functions change, and how it becomes shared."""
