"""The history of launches: what lists, texts and logs say, side by side, each field with where it is printed and who says it."""
