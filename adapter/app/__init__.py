"""What an author writes: pages of components, and functions that listen to them."""
