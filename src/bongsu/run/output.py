"""How the shell says what was found: JSON lines for machines, short lines for people."""

from collections.abc import Callable, Iterator, Sequence
from typing import BinaryIO

import msgspec

from bongsu.log.verify import Verification
from bongsu.messages import codec
from bongsu.messages.assessment import LaunchEvent
from bongsu.messages.base import Finding
from bongsu.messages.inputs import AnyInput, CaptureRead
from bongsu.messages.warning import AllClear, WarningCancelled, WarningProposed, WarningUpdated
from bongsu.run.times import words


class JsonLines:
    """Writes each finding as one line of canonical JSON, and the counts of a capture, which no finding repeats."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out

    def __call__(self, seq: int, known_ns: int, message: AnyInput, findings: Sequence[Finding]) -> None:
        """Write the findings of one cause, and let them out at once."""
        lines = [codec.encode(finding) for finding in findings]
        if isinstance(message, CaptureRead):
            lines.insert(0, _input_line(seq, known_ns, message))
        if lines:
            self._out.write(b"".join(line + b"\n" for line in lines))
            self._out.flush()


def _input_line(seq: int, known_ns: int, message: CaptureRead) -> bytes:
    """An input with the id and times a finding would have."""
    told: dict[str, object] = msgspec.to_builtins(message)
    return msgspec.json.encode({"type": told.pop("type"), "id": str(seq), "cause": seq, "known_ns": known_ns, **told})


class Announcer:
    """Says what a person must not miss: launches, and warnings proposed, changed and ended."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say

    def __call__(self, seq: int, known_ns: int, message: AnyInput, findings: Sequence[Finding]) -> None:
        """Say the notable findings of one cause."""
        for finding in findings:
            if text := _line(finding):
                self._say(f"{words(known_ns)} [{finding.id}] {text}")


def _line(finding: Finding) -> str:
    match finding:
        case LaunchEvent():
            return f"launch {finding.event_id} {finding.state}: {finding.reason}"
        case WarningProposed() | WarningUpdated():
            verb = "proposed" if isinstance(finding, WarningProposed) else "updated"
            areas = ", ".join(finding.areas)
            return f"warning {finding.warning_id} {verb} for {areas} ({finding.certainty}): {finding.reason}"
        case WarningCancelled():
            return f"warning {finding.warning_id} cancelled: {finding.reason}"
        case AllClear():
            return f"warning {finding.warning_id} all clear: {finding.reason}"
    return ""


def verification_lines(found: Verification) -> Iterator[str]:
    """A verification for people."""
    manifest = found.manifest
    yield f"mode {manifest.mode}, node {manifest.node}, epoch {manifest.epoch}, written by {manifest.build}"
    yield f"{found.n_inputs} inputs in an unbroken chain, head {found.head}"
    yield f"{found.n_findings} findings"
    yield from (f"PROBLEM {problem}" for problem in found.problems)
    if not found.problems:
        yield "intact"


def verification_json(found: Verification) -> str:
    """A verification for machines."""
    manifest = found.manifest
    return msgspec.json.encode({
        "is_intact": not found.problems, "mode": manifest.mode, "node": manifest.node, "epoch": manifest.epoch,
        "build": manifest.build, "n_inputs": found.n_inputs, "n_findings": found.n_findings, "head": found.head,
        "problems": found.problems,
    }).decode()  # fmt: skip
