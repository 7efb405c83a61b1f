"""The Common Alerting Protocol 1.2 (OASIS, 2010; ITU-T X.1303): public warnings written, sealed, read back, or refused.

`compose` makes an `Alert` of a bulletin and its texts, `write` the bytes, `seal` signs exactly those; a receiver opens the seal
first and only then calls `read`.
"""
