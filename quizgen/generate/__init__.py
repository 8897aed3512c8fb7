"""Turn pieces of documents into drafts of cards."""
