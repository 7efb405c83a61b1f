"""The append-only record: inputs in a hash chain, findings beside them, truth where replay cannot look."""
