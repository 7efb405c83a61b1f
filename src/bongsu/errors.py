"""The exception family. An exception is a bug, a broken record or bad input at the shell; bad plots are data."""

from pathlib import Path


class BongsuError(Exception):
    """Anything Bongsu refuses; its text says what was found, what was expected, where and what to do next."""


class BadInput(BongsuError):
    """A file, an option or a message that cannot be used as it is."""

    def __init__(self, where: str, found: str, expected: str, remedy: str) -> None:
        self.where, self.found, self.expected, self.remedy = where, found, expected, remedy
        super().__init__(f"{where}: found {found}; expected {expected}. {remedy}")


class NotFinite(BongsuError):
    """A NaN or an infinity was about to be written."""

    def __init__(self, where: str) -> None:
        self.where = where
        super().__init__(
            f"{where} is not a finite number; every recorded value must be finite. "
            f"Leave the field out (UNSET) or reject the plot with a reason."
        )


class LogCorrupt(BongsuError):
    """A record does not match its hash; replay stops before it."""

    def __init__(self, path: Path, seq: int, expected: str, found: str) -> None:
        self.path, self.seq = path, seq
        super().__init__(
            f"{path}: record {seq} hashes to {found[:12]}, the chain expects {expected[:12]}. "
            f"Records before {seq} are intact: `bongsu verify --salvage OUT {path}` copies them out."
        )


class WrongMode(BongsuError):
    """A record or a file of one mode met a process of another."""

    def __init__(self, where: str, found: str, expected: str) -> None:
        self.where = where
        super().__init__(
            f"{where}: mode is {found!r}, this process accepts only {expected!r}. "
            f"Exercise, replay and test data never enter a live node: open the file with the command of its own mode."
        )
