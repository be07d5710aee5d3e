"""What themes are made of."""
