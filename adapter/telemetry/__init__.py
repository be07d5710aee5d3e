"""What is known, counted, logged and traced of the invocation that runs."""
