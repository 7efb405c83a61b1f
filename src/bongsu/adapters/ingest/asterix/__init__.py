"""ASTERIX: what radars and trackers send, from captures and bare blocks to inputs of the chain. Start at capture.py."""
