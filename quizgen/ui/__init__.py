"""Ways to go through a deck; all of them only call `review`."""
