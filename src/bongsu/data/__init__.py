"""Small tables we ship; each has a note beside it: sha256, source, licence, how made. Read by `run.tables`."""
