"""What a reader answers to the exercises of the book: sealed, for the reader alone. See the room's README."""
