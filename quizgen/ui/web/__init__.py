"""Settle drafts, make decks and fetch exports on a local page."""
