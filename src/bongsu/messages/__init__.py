"""The vocabulary: what enters, what is found, and how both are written. Needs only msgspec, so a partner can import it alone."""
