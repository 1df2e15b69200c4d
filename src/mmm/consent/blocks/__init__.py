"""Blocking a reader, or everybody of an organisation: at once, and without anybody hearing of it."""
