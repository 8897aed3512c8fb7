"""One command per file: options in, one call, words out."""
