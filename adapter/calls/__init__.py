"""One call: from data off the wire to the function, and back."""
