"""What is fixed for a whole log file: who wrote it, in which mode, with which settings, in which environment.

The canonical bytes of the manifest are hashed into the first link of the chain, so no record can change file or mode.
"""

import hashlib
import platform
import sys
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Literal

import msgspec

from bongsu.errors import BadInput
from bongsu.messages.labels import Nation
from bongsu.messages.units import Count, NodeId

Mode = Literal["live", "exercise", "replay", "test"]
FORMAT: Literal["bongsu.log.v1"] = "bongsu.log.v1"
_RUNTIME = ("click", "llvmlite", "msgspec", "numba", "numpy", "pyproj", "rich", "scipy", "shapely")


class Environment(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What bit-exact replay needs besides the inputs: interpreter, numerical libraries, family of the processor."""

    python: str
    numpy: str
    numba: str
    cpu: str
    cpu_flags: str  # SHA-256 of the sorted instruction-set flags


class Manifest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The identity of one log file."""

    format: Literal["bongsu.log.v1"] = FORMAT
    mode: Mode
    node: NodeId
    nation: Nation
    epoch: Count = 0  # raised when a node begins a new history
    seed: int = 0
    build: str  # version and a hash of the source
    lock: str  # SHA-256 over the installed versions of the runtime libraries
    settings: str  # canonical JSON of models.settings.Settings
    settings_hash: str
    tables_digest: str
    environment: Environment


_decoder = msgspec.json.Decoder(Manifest)


def encode(manifest: Manifest) -> bytes:
    """The canonical bytes of a manifest."""
    return msgspec.json.encode(manifest)


def decode(body: bytes, where: str) -> Manifest:
    """The manifest in `body`; BadInput if it is none."""
    try:
        manifest = _decoder.decode(body)
    except (msgspec.ValidationError, msgspec.DecodeError) as error:
        raise BadInput(
            where, f"a manifest that does not decode ({error})", FORMAT, "Name a log that Bongsu wrote."
        ) from error
    if sha256(manifest.settings.encode()) != manifest.settings_hash:
        raise BadInput(
            where, "settings that do not match their hash", "an untouched manifest", "Restore the file from a copy."
        )
    return manifest


def describe(
    *, mode: Mode, node: str, nation: str, settings: bytes, tables_digest: str, epoch: int = 0, seed: int = 0
) -> Manifest:
    """The manifest of a log begun here and now, by this build, on this machine."""
    return Manifest(
        mode=mode,
        node=node,
        nation=nation,
        epoch=epoch,
        seed=seed,
        build=build(),
        lock=lock(),
        settings=settings.decode(),
        settings_hash=sha256(settings),
        tables_digest=tables_digest,
        environment=environment(),
    )


def sha256(data: bytes) -> str:
    """The SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


@cache
def environment() -> Environment:
    """The environment of this process, found without importing the libraries it names."""
    cpu, flags = _processor()
    return Environment(
        python=platform.python_version(),
        numpy=_version("numpy"),
        numba=_version("numba"),
        cpu=cpu,
        cpu_flags=sha256(flags.encode()),
    )


@cache
def build(rooms: tuple[str, ...] = ("",)) -> str:
    """The version and a hash of every source file, so that two builds of one version are told apart; of some rooms (files or
    folders of the package) alone, if asked.
    """
    root = Path(__file__).parent.parent
    digest = hashlib.sha256()
    chosen = [root / room for room in rooms]
    paths = {path for room in chosen for path in ([room] if room.is_file() else room.rglob("*.py"))}
    for path in sorted(paths):
        body = path.read_bytes()
        digest.update(f"{path.relative_to(root).as_posix()} {len(body)}\n".encode())
        digest.update(body)
    return f"{_version('bongsu')}+{digest.hexdigest()[:16]}"


@cache
def lock() -> str:
    """A hash over the installed versions of the libraries Bongsu runs on."""
    return sha256("\n".join(f"{name}=={_version(name)}" for name in _RUNTIME).encode())


def differences(old: Manifest, new: Manifest) -> list[str]:
    """In which respects a log and a process differ so that replayed bytes may differ, in words."""
    found = [
        f"{name} {was!r} here {now!r}"
        for name, was, now in (
            ("build", old.build, new.build),
            ("libraries", old.lock[:12], new.lock[:12]),
            ("tables", old.tables_digest[:12], new.tables_digest[:12]),
        )
        if was != now
    ]
    for name in Environment.__struct_fields__:
        was, now = getattr(old.environment, name), getattr(new.environment, name)
        if was != now:
            found.append(f"{name} {was[:40]!r} here {now[:40]!r}")
    return found


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "absent"


def _processor() -> tuple[str, str]:
    """Model name and sorted instruction-set flags; on systems without /proc only what the platform module knows."""
    model, flags = platform.processor() or platform.machine(), ""
    table = Path("/proc/cpuinfo")
    if sys.platform == "linux" and table.exists():
        for line in table.read_text(encoding="utf-8", errors="replace").splitlines():
            key, _, value = line.partition(":")
            if key.strip() == "model name":
                model = value.strip()
            elif key.strip() in ("flags", "Features"):
                flags = " ".join(sorted(value.split()))
                break
    return model, flags
