"""Looking at a store, changing it, and moving it elsewhere."""
