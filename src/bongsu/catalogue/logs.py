"""A log into entries: the launch events this node saw, and what the reports it read say. Nothing is recomputed."""

from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from bongsu.catalogue.entries import MINUTE_NS, Entry, Field, Site
from bongsu.catalogue.texts import of_findings
from bongsu.constants import NS_PER_S
from bongsu.errors import BadInput
from bongsu.geo.places import PlaceTable
from bongsu.log.reader import LogReader
from bongsu.messages.assessment import (
    ApogeePrediction,
    Classification,
    FlightEstimate,
    LaunchEvent,
    LaunchPointEstimate,
)
from bongsu.messages.base import Finding
from bongsu.messages.inputs import Report
from bongsu.stages.read import passages

_P_NAMED: Final = 0.5  # a class this likely is named
_SIGMAS: Final = 1.645  # of a 90 % interval


def entries_of(path: Path, places: PlaceTable) -> tuple[list[Entry], list[tuple[str, str]]]:
    """The entries of a log, and what could not be read of it: text and reason."""
    found: dict[int, list[Finding]] = defaultdict(list)
    latest: dict[tuple[type, str], Any] = {}
    with LogReader(path) as log:
        for finding in log.findings():
            if isinstance(finding, LaunchEvent):
                latest[LaunchEvent, finding.event_id] = finding
            elif isinstance(finding, LaunchPointEstimate | ApogeePrediction | FlightEstimate | Classification):
                latest[type(finding), finding.track_id] = finding
            else:
                found[finding.cause].append(finding)
        mode = log.manifest.mode
        source = f"log:{log.manifest.node}({mode})"
        entries, refused = [], []
        for record in log.inputs():
            if not isinstance(record.message, Report):
                continue
            report = record.message
            try:
                here = found[record.seq]
                told = of_findings(report, [*here, *passages(report)], places, f"{source}/{report.text_id}")
                entries += told
            except BadInput as error:
                refused.append((report.text_id, str(error)))
        events = [f for (kind, _), f in latest.items() if kind is LaunchEvent and f.state != "withdrawn"]
        entries += [_of_event(source, event, latest) for event in events]
    return [replace(e, mode=mode) for e in entries], refused


def _of_event(source: str, event: LaunchEvent, latest: dict[tuple[type, str], Any]) -> Entry:
    """The entry of one launch event, from what was last said of its tracks."""
    points = [p for t in event.track_ids if (p := latest.get((LaunchPointEstimate, t))) is not None]
    if points:
        point = min(points, key=lambda p: p.t0_ns)
        doubt_ns = max(MINUTE_NS // 2, round(_SIGMAS * point.sigma_t0_s * NS_PER_S))
        earliest_ns, latest_ns = point.t0_ns - doubt_ns, point.t0_ns + doubt_ns
        sigma_m = max(100.0, (0.5 * (point.cov_en_m2[0] + point.cov_en_m2[2])) ** 0.5)
        site = Site("", point.lat_rad, point.lon_rad, sigma_m)
    else:
        earliest_ns, latest_ns, site = event.valid_ns - 10 * MINUTE_NS, event.valid_ns, None
    fields = [f for t in event.track_ids for f in _figures(t, latest)]
    name = next((f.value for f in fields if f.quantity == "vehicle_class"), "")
    return Entry(
        source=source,
        row=event.event_id,
        earliest_ns=earliest_ns,
        latest_ns=latest_ns,
        precision="clock",
        printed_day="",
        published_ns=event.known_ns or latest_ns,
        is_published_assumed=False,
        clocks_ns=tuple(sorted(p.t0_ns for p in points)),
        site=site,
        vehicle_class=name,
        n_low=1,
        n_high=max(1, len(event.track_ids)),
        has_official=True,
        is_list=False,
        fields=tuple(fields),
        revision=max(1, event.revision),
    )


def _figures(track_id: str, latest: dict[tuple[type, str], Any]) -> list[Field]:
    """Range, apogee and class of one track, with 90 % intervals."""
    found: list[Field] = []
    flight, apogee = latest.get((FlightEstimate, track_id)), latest.get((ApogeePrediction, track_id))
    if flight is not None:
        wide = _SIGMAS * flight.sigma_range_m
        found.append(_own("range_km", flight.id, (flight.range_m - wide) / 1e3, (flight.range_m + wide) / 1e3))
    if apogee is not None:
        found.append(_own("apogee_km", apogee.id, apogee.low_m / 1e3, apogee.high_m / 1e3))
    named = latest.get((Classification, track_id))
    if named is not None:
        name, p = max(named.range_class, key=lambda pair: pair[1])
        if p >= _P_NAMED and name != "undetermined":
            found.append(Field("vehicle_class", named.id, name, "own", "assessed", value=name))
    return found


def _own(quantity: str, finding_id: str, low: float, high: float) -> Field:
    """A figure of our own; its column is the finding it stands in."""
    return Field(quantity, finding_id, f"{low:.1f} to {high:.1f}", "own", "assessed", low=max(0.0, low), high=high)
