"""Provenance: every finding gets an id, its cause, the time it was known, and the join of the labels it rests on.

A ledger keeps one label for each live subject (a track, a detection, an event, a warning); it only grows stricter. A finding is
marked with the join of: its cause, the findings of this step and the scans it names, and its subjects so far. Tracks that
share one `TracksUpdated` share its label from then on: too strict at worst, never too loose. A clock tick marks nothing.

What was told, claims and what is made of them, is remembered by id: an account takes the labels of the claims, the event and the
track it names, whenever they were said, and gives them none; a closed report must not close a warning.

A watch level is mostly prompted by a tick, so it takes the labels of the signs it names and of all past launches together.
"""

from dataclasses import dataclass

from msgspec import UNSET, structs

from bongsu.messages.accounts import Account, Claim, Discrepancy, NoticeRead, Passage, Reconstruction
from bongsu.messages.assessment import ImpactPrediction, LaunchEvent
from bongsu.messages.base import Finding
from bongsu.messages.inputs import AnyInput, Indicator, PastLaunch, Scan, Tick
from bongsu.messages.labels import Label, join_all
from bongsu.messages.tracking import HeightsUpdated, LaunchDetected, TrackEnded, TracksUpdated
from bongsu.messages.watching import ActivityForecast, WatchLevel

HISTORY = "history"  # reference of all past launches together
MAX_SUBJECTS = 2_000
MAX_SCANS = 512
MAX_TOLD = 4_000
MAX_ACCOUNTS = 64
MAX_SIGNS = 1_000
TOLD = (Claim, Passage, Reconstruction, Account, Discrepancy)


@dataclass(frozen=True, slots=True)
class Ledger:
    """What is known of live subjects (id, label, ids of the last state and the last impact forecast about it), of recent
    scans (reference, label, seq), of what was told (id, label), of the newest account of each launch day (day, id),
    and of signs (reference, label, id), all past launches being one of them."""

    subjects: tuple[tuple[str, Label, str, str], ...] = ()
    scans: tuple[tuple[str, Label, int], ...] = ()
    told: tuple[tuple[str, Label], ...] = ()
    accounts: tuple[tuple[str, str], ...] = ()
    signs: tuple[tuple[str, Label, str], ...] = ()


def subjects_of(finding: Finding) -> tuple[str, ...]:
    """The ids of what a finding is about: tracks, detections, events, warnings."""
    found: list[str] = []
    for name in ("track_id", "detection_id", "event_id", "warning_id", "track_ids", "detection_ids"):
        value = getattr(finding, name, ())
        found.extend(((value,) if value else ()) if isinstance(value, str) else value)
    return tuple(sorted(set(found)))


class Stamper:
    """Stamps the findings of one step; made afresh for each input, and closed into the next ledger."""

    def __init__(self, ledger: Ledger, seq: int, known_ns: int, message: AnyInput) -> None:
        self._before, self._seq, self._known_ns = ledger, seq, known_ns
        self._cause = () if isinstance(message, Tick) else (message.label,)
        self._subjects = {subject: (mark, state, impact) for subject, mark, state, impact in ledger.subjects}
        self._is_touched = False
        self._said: dict[str, Label] = {}
        self._told: list[tuple[str, Label]] = []
        self._accounts = ledger.accounts
        self._scans = ledger.scans
        self._signs = ledger.signs
        if isinstance(message, Indicator | PastLaunch):
            reference = message.indicator_id if isinstance(message, Indicator) else HISTORY
            self._note_sign(reference, message.label, str(seq))
        if isinstance(message, Scan):
            reference = f"{message.sensor_id}/{message.scan_id}"
            self._scans = (*ledger.scans, (reference, message.label, seq))[-MAX_SCANS:]

    def stamp(self, finding: Finding) -> Finding:
        """`finding` with id, cause, known time, label, and the ids of the scans, states and forecasts it continues."""
        about = subjects_of(finding)
        known = [self._subjects[s] for s in about if s in self._subjects]
        rests_on = set(finding.rests_on)
        marks = [*self._cause, *(mark for mark, _, _ in known)]
        if isinstance(finding, TOLD):
            marks += self._earlier(finding, rests_on, n_unknown=len(about) - len(known))
        if isinstance(finding, Account):
            finding = structs.replace(finding, supersedes=dict(self._accounts).get(finding.event_date, UNSET))
        if isinstance(finding, TracksUpdated | HeightsUpdated | TrackEnded):
            rests_on |= {state for _, state, _ in known if state}
        if isinstance(finding, ImpactPrediction):
            finding = structs.replace(finding, supersedes=next((impact for _, _, impact in known if impact), UNSET))
        if isinstance(finding, ActivityForecast | WatchLevel):
            for mark, source_id in self._named_signs(finding.signs):
                marks.append(mark)
                rests_on.add(source_id)
        if isinstance(finding, LaunchDetected):
            for mark, scan_seq in self._looks(finding.scans):
                marks.append(mark)
                rests_on.add(str(scan_seq))
        marks += [self._said[i] for i in sorted(rests_on) if i in self._said]
        marked = structs.replace(
            finding,
            id=f"{self._seq}.{len(self._said)}",
            cause=self._seq,
            known_ns=self._known_ns,
            label=join_all(marks),
            rests_on=tuple(sorted(rests_on, key=id_order)),
        )
        self._said[marked.id] = marked.label
        if isinstance(marked, TOLD):
            self._told.append((marked.id, marked.label))
        else:
            self._remember(marked, about)
        if isinstance(marked, Claim | NoticeRead):
            if is_sign(marked):
                self._note_sign(marked.id, marked.label, marked.id)
        elif isinstance(marked, LaunchEvent):
            self._note_sign(HISTORY, marked.label, marked.id)
        if isinstance(marked, Account):
            others = (row for row in self._accounts if row[0] != marked.event_date)
            self._accounts = (*others, (marked.event_date, marked.id))[-MAX_ACCOUNTS:]
        return marked

    def _earlier(self, finding: Finding, rests_on: set[str], n_unknown: int) -> list[Label]:
        """Labels of what was told before this step; of a claim, an event or a track no longer remembered the strictest."""
        measured = _measured(finding)  # their labels come with event and track
        told = dict(self._before.told) if rests_on - measured - self._said.keys() else {}
        marks = [told[i] for i in sorted(rests_on) if i in told]
        is_lost = n_unknown > 0 or any(i not in told and i not in self._said and i not in measured for i in rests_on)
        return [*marks, *([Label()] if is_lost else [])]

    def _note_sign(self, reference: str, label: Label, source_id: str) -> None:
        """Remember what a later level may name; under a reference met before the label only grows stricter."""
        known = [row for row in self._signs if row[0] == reference]
        marks = join_all([label, *(row[1] for row in known)])
        others = self._signs if not known else tuple(row for row in self._signs if row[0] != reference)
        self._signs = (*others, (reference, marks, source_id))[-MAX_SIGNS:]

    def _named_signs(self, references: tuple[str, ...]) -> list[tuple[Label, str]]:
        """Label and id of each sign named; one that is no longer remembered gets the strictest label."""
        known = {reference: (mark, source_id) for reference, mark, source_id in self._signs}
        return [known.get(reference, (Label(), str(self._seq))) for reference in references]

    def _looks(self, references: tuple[str, ...]) -> list[tuple[Label, int]]:
        """Label and seq of each named scan; one that is no longer remembered gets the strictest label."""
        known = {reference: (mark, seq) for reference, mark, seq in self._scans if reference in references}
        return [known.get(reference, (Label(), self._seq)) for reference in references]

    def _remember(self, marked: Finding, about: tuple[str, ...]) -> None:
        for subject in about:
            _, state, impact = self._subjects.pop(
                subject, (marked.label, "", "")
            )  # goes to the end: newest kept longest
            if isinstance(marked, TracksUpdated | HeightsUpdated):
                state = marked.id
            if isinstance(marked, ImpactPrediction):
                impact = marked.id
            self._subjects[subject] = (marked.label, state, impact)
            self._is_touched = True

    def close(self) -> Ledger:
        """The ledger after this step."""
        kept = self._before.subjects
        if self._is_touched:
            kept = tuple((subject, *rest) for subject, rest in self._subjects.items())[-MAX_SUBJECTS:]
        told = (*self._before.told, *self._told)[-MAX_TOLD:] if self._told else self._before.told
        return Ledger(kept, self._scans, told, self._accounts, self._signs)


def is_sign(finding: Claim | NoticeRead) -> bool:
    """Whether a watch level may rest on it."""
    if isinstance(finding, Claim):
        return finding.quantity == "preparation_detected"
    return finding.activity in ("launch", "debris")


def _measured(finding: Finding) -> set[str]:
    """The ids of our own figures that an account or a discrepancy names beside its event and track."""
    if isinstance(finding, Account):
        return {own.finding_id for own in finding.own}
    return {finding.beside} if isinstance(finding, Discrepancy) and finding.event_id else set()


def id_order(finding_id: str) -> tuple[int, int]:
    """Sort key of an id: by cause, then by place; an input (no place) comes before its findings."""
    cause, _, k = finding_id.partition(".")
    return int(cause), int(k) if k else -1
