"""Ask a language model, and take nothing that it or its server says on trust."""
