"""Read what Anki writes, and bring it back into a deck."""
