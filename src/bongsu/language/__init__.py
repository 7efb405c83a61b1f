"""Grammars that read statements in English, Japanese and Korean; see docs/decisions/0008-reading.md."""
