"""The measure against truth: accuracy, consistency, timeliness, alerts. Every claim is counted."""
