"""A folder that another system watches: each statement a file of its name, there whole or not at all."""

import errno
import os
from dataclasses import dataclass
from pathlib import Path

from bongsu.adapters.channels.parcel import Failed, Parcel, Taken, unfit

_NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.EMLINK, errno.ENOSYS)  # of file systems without hard links


@dataclass(frozen=True, slots=True)
class FileDrop:
    """Files NAME.cap in `folder`, which has to exist: a folder that is gone is a share that is not mounted."""

    name: str
    mode: str
    audience: tuple[str, ...]
    folder: Path

    def hand_over(self, parcel: Parcel, timeout_s: float) -> Taken | Failed:
        """Put the file there. The same bytes under that name are a repeat; other bytes are left as they are, and refused.

        A local disk answers at once or not at all, so the timeout is not looked at.
        """
        if reason := unfit(parcel, self.mode):
            return Failed(reason, is_final=True)
        path = self.folder / f"{parcel.name}.cap"
        try:
            if not _put(path, parcel.body):
                return _compared(path, parcel.body)
        except OSError as error:
            return Failed(f"{path}: {error.strerror or error}")
        return Taken(str(path))


def _put(path: Path, body: bytes) -> bool:
    """Write a file that was not there, on disk before it has its name; False if it was."""
    if os.path.lexists(path):
        return False
    part = path.with_name(f".{path.name}.part")
    fd = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o644)
    with os.fdopen(fd, "wb") as file:
        file.write(body)
        file.flush()
        os.fsync(fd)
    try:
        was_new = _named(part, path)
    finally:
        part.unlink(missing_ok=True)
    _sync(path.parent)
    return was_new


def _named(part: Path, path: Path) -> bool:
    """Give the finished file its name, never in place of another."""
    try:
        os.link(part, path)
    except FileExistsError:
        return False
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        part.rename(path)
    return True


def _sync(folder: Path) -> None:
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def _compared(path: Path, body: bytes) -> Taken | Failed:
    """What is there already under that name."""
    fd = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with os.fdopen(fd, "rb") as file:
        if file.read(len(body) + 1) == body:
            return Taken(str(path), is_repeat=True)
    return Failed(f"{path}: holds other bytes under this name", is_final=True)
