"""Lambda's side: the handler, its events and what starts an environment."""
