"""The book to take along: one PDF and one EPUB in each language, made by the worker. See book/README.md."""
