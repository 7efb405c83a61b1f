"""Channels carry what was decided, nothing else: each of one mode, each answers with a receipt or a failure, none doubles."""
