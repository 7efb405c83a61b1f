"""One verb per room, ignorant of one another: each hears the event and what earlier stages said about it."""
