"""What can be said of each part of an account, one sentence a fact; the screen and the brief say the same ones."""

from msgspec import UNSET

from bongsu.adapters.publish import rounding as say
from bongsu.adapters.publish import values, words
from bongsu.adapters.publish.account import Account, AnyWarning, SensorSeen
from bongsu.adapters.publish.sentence import Sentence, state
from bongsu.constants import NS_PER_S
from bongsu.messages.assessment import FootprintFan, ImpactPrediction, LaunchEvent
from bongsu.messages.tracking import BurnObserved
from bongsu.messages.warning import AllClear, WarningCancelled
from bongsu.models.hedges import is_unweighed

PLACELESS = "only height and speed are measured"
LEAST_SAID = 0.005  # zones, classes and passages less likely than this are left out


def headline(a: Account) -> Sentence:
    """The one sentence to read first."""
    event = a.event
    if event is UNSET:
        return _nothing(a)
    if event.state == "withdrawn":
        return state(f"the report of a launch was withdrawn: {event.reason}", event)
    start = _start(a, event)
    if event.state == "suspected":
        return state(f"suspected: {start}; not yet confirmed by a second principle", event, a.detection, a.point)
    if a.impact is UNSET:
        return state(f"{start}; where it comes down cannot be said yet", event, a.point, a.fan)
    place = values.place(a.impact.lat_rad, a.impact.lon_rad, a.impact.cov_en_m2)
    fall = values.impact_time(a.impact) + _linked("near", a.impact_words or place)
    if event.state == "over":
        return state(f"{start}; it has come down, by the last forecast at {fall}", event, a.point, a.impact)
    return state(f"{start}; {assumption(a.impact)} it comes down at {fall}", event, a.point, a.impact)


def _nothing(a: Account) -> Sentence:
    if a.n_tracks == 0:
        return state("no launch: nothing is being followed")
    return state(f"no launch: {words.plural(a.n_tracks, 'object')} followed, none of them judged a launch")


def _what(a: Account) -> str:
    """`one missile launched`, as far as its kind is known with more than even odds."""
    kinds = dict(a.classification.kind) if a.classification is not UNSET else {}
    kind, p = max(kinds.items(), key=lambda item: item[1], default=("undetermined", 0.0))
    noun = words.KINDS.get(kind, kind) if p >= 0.75 and kind != "undetermined" else "object"
    return f"one {noun} launched"


def _start(a: Account, event: LaunchEvent) -> str:
    """`one object launched at ... from ...`, with lift-off if it is known, else when it was first seen."""
    if a.point is UNSET:
        first_ns = a.detection.valid_ns if a.detection is not UNSET else event.valid_ns
        return f"{_what(a)}, seen at {say.clock(first_ns)}"
    start = f"{_what(a)} at {values.t0(a.point)}"
    return f"{start}{_linked('from', a.launch_words)}" if a.launch_words else start


def _linked(preposition: str, place_words: str) -> str:
    """Place words behind a verb; those that bring their own preposition need no other."""
    has_own = place_words.startswith(("about ", "in ", "near ", "on ", "off "))
    return f" {place_words}" if has_own else f" {preposition} {place_words}"


def assumption(impact: ImpactPrediction) -> str:
    """The condition a forecast stands under."""
    return words.ASSUMPTIONS.get(impact.assumption, f"under the assumption {impact.assumption!r}")


def launch(a: Account) -> list[Sentence]:
    """When, where and how it was seen to leave the ground."""
    said = []
    if a.detection is not UNSET:
        by = words.listed(list(a.detection.evidence))
        said.append(
            state(f"first declared at {say.clock(a.detection.known_ns)} by {a.detection.principle}: {by}", a.detection)
        )
    if a.event is not UNSET and a.event.principles:
        kinds = words.plural(len(a.event.principles), "physical principle")
        said.append(
            state(f"{a.event.state} on {kinds}: {words.listed(list(a.event.principles))} ({a.event.reason})", a.event)
        )
    if a.point is not UNSET:
        where = values.place(a.point.lat_rad, a.point.lon_rad, a.point.cov_en_m2)
        near = f", {a.launch_words}" if a.launch_words else ""
        said.append(state(f"lift-off at {values.t0(a.point)} on {say.date(a.point.t0_ns)}", a.point))
        said.append(state(f"launch point {where}{near}; 90 % region {values.region(a.point.cov_en_m2)}", a.point))
        said.append(state(f"launch direction {values.azimuth(a.point)} clockwise from true north", a.point))
    return said


def flight(a: Account) -> list[Sentence]:
    """Phase, burns, greatest height, range and flight time."""
    said = []
    if a.track is not UNSET:
        phase = words.PHASES.get(a.track.phase, a.track.phase)
        h = values.height(a.track.h_m, a.track.sigma_m)
        said.append(
            state(
                f"last state at {say.clock(a.track.t_ns)}: {phase}, height {h}, "
                f"speed {values.speed(a.track.speed_mps)}, after {words.plural(a.track.n_plots, 'plot')}",
                a.track.finding_id,
            )
        )
        if a.track.lat_rad is UNSET:
            said.append(state(f"place over ground unknown: {PLACELESS}", a.track.finding_id))
    said += [burn(found, is_first=found is a.burns[0]) for found in a.burns]
    if a.apogee is not UNSET:
        why = f" (revised: {a.apogee.reason})" if a.apogee.reason else ""
        said.append(state(f"apogee {values.apogee(a.apogee)} at {values.apogee_time(a.apogee)}{why}", a.apogee))
    if a.flight is not UNSET:
        said.append(state(f"range {values.flight_range(a.flight)} over ground from launch point to impact", a.flight))
        said.append(state(f"flight time {values.flight_time(a.flight)}", a.flight))
    if a.ended is not UNSET:
        said.append(state(f"track ended at {say.clock(a.ended.valid_ns)}: {a.ended.reason}", a.ended))
    return said


def burn(found: BurnObserved, *, is_first: bool = True) -> Sentence:
    """A powered stretch of flight, over or going on; after the first one lift cannot be told from thrust."""
    half = values.spread(say.Z90 * found.sigma_s)
    start = say.clock(found.start_ns)
    if is_first:  # it may have burnt long before anybody saw it: the start is that of the seeing
        end = "" if found.end_ns is UNSET else f", burn-out at {say.clock(found.end_ns)} ± {half}"
        return state(f"engine seen burning from {start}{end}", found)
    if found.end_ns is UNSET:
        return state(f"thrust or lift again since {start} ± {half}", found)
    return state(f"thrust or lift again from {start} to {say.clock(found.end_ns)}, each ± {half}", found)


def impact(a: Account) -> list[Sentence]:
    """Where and when it comes down, and under which assumption; before burn-out only how far it could reach."""
    if a.impact is UNSET:
        return [reach(a.fan)] if a.fan is not UNSET else []
    found = a.impact
    method = f"{found.n_samples} samples" if found.method == "cloud" else "sigma points"
    near = f", {a.impact_words}" if a.impact_words else ""
    place = values.place(found.lat_rad, found.lon_rad, found.cov_en_m2)
    said = [
        state(f"{assumption(found)} it comes down at {values.impact_time(found)}", found),
        state(
            f"impact point {place}{near}; 90 % region {values.region(found.cov_en_m2)} "
            f"(by {method}, from the state at {say.clock(found.valid_ns)})",
            found,
        ),
    ]
    if found.assumption == "unpowered" and len(a.burns) > 1:
        said.append(
            state("thrust or lift was seen after burn-out and may return; this region leaves that out", a.burns[-1])
        )
    return said


def reach(fan: FootprintFan) -> Sentence:
    """How far it could come down while the engine burns, and in which zones."""
    near, far = (values.two_figures(reach_m / say.M_PER_KM) for reach_m in fan.reach_m)
    zones = f"; reachable: {words.listed([words.zone(z) for z in fan.zones])}" if fan.zones else ""
    return state(f"while the engine burns it could come down {near} to {far} km from its present place{zones}", fan)


def zones(a: Account) -> list[tuple[str, float, Sentence]]:
    """Zone id, probability of falling inside, and the sentence; most likely first."""
    if a.impact is UNSET:
        return []
    ranked = sorted(a.impact.zones, key=lambda zone: (-zone[1], zone[0]))
    return [
        (z, p, state(f"{words.zone(z)}: falls there with {say.percent(p)}", a.impact))
        for z, p in ranked
        if p >= LEAST_SAID
    ]


def verdicts(a: Account) -> list[Sentence]:
    """The verdict on each protected area, in a word and a probability."""
    said = []
    for v in a.verdicts:
        about = "impact point" if v.hazard == "fall" else "flight path"
        when = f", at {say.clock(v.impact_ns)}" if v.impact_ns is not UNSET and v.p >= LEAST_SAID else ""
        chance = f"probability {say.percent(v.p)}"
        if is_unweighed(v.words, v.p):
            chance, when = "within reach while the engine burns; no probability yet", ""
        said.append(state(f"{a.area_name(v.area)}: {about} {v.words} ({chance}){when}", v))
    return said


def overflight(a: Account) -> list[Sentence]:
    """Which protected areas it passes above, and when."""
    if a.overflight is UNSET:
        return []
    return [
        state(
            f"passes above {a.area_name(area)}: {say.percent(p)}, {say.clock(first_ns)} to {say.clock(last_ns)}",
            a.overflight,
        )
        for area, p, first_ns, last_ns in a.overflight.areas
        if p >= LEAST_SAID
    ]


def classification(a: Account) -> list[Sentence]:
    """What it seems to be: kind, trajectory shape, range class, each with its probabilities."""
    if a.classification is UNSET:
        return []
    c = a.classification
    rows: tuple[tuple[str, tuple[tuple[str, float], ...], dict[str, str], str], ...] = (
        ("kind", c.kind, words.KINDS, ""),
        ("trajectory shape", c.shape, words.SHAPES, ""),
        ("range class", c.range_class, {}, f" (bounds: {c.convention})"),
    )
    return [
        state(f"{name}: {text}{note}", c) for name, chances, names, note in rows if (text := _chances(chances, names))
    ]


def _chances(chances: tuple[tuple[str, float], ...], names: dict[str, str]) -> str:
    ranked = sorted(chances, key=lambda item: (-item[1], item[0]))
    return ", ".join(f"{names.get(name, name)} {say.percent(p)}" for name, p in ranked[:3] if p >= 0.01)


def warning(a: Account) -> list[Sentence]:
    """What was proposed, changed and ended, oldest first; or that nothing was."""
    if not a.warnings:
        return [state("no warning was proposed", a.event)] if a.event is not UNSET else []
    said = [_warning(a, w) for w in a.warnings]
    for act in a.acknowledged:
        said.append(state(f"acknowledged by {act.user} at {say.clock(act.valid_ns)}", act.seq))
    return said


def _warning(a: Account, w: AnyWarning) -> Sentence:
    areas = words.listed([a.area_name(area) for area in w.areas])
    text = f"{say.clock(w.known_ns)} {words.WARNING_WORDS[type(w)].lower()}"
    if isinstance(w, WarningCancelled | AllClear):
        return state(f"{text}: {areas or 'all areas'}; {w.reason}", w)
    return state(f"{text} for {areas}: {words.HAZARDS[w.hazard]}, certainty {w.certainty}; {w.reason}", w)


def sensors(a: Account) -> list[Sentence]:
    """Who was heard, when last, and who is silent."""
    return [Sentence(text=sensor(seen, a.now_ns) + ".") for seen in a.sensors]  # ids keep their case


def sensor(seen: SensorSeen, now_ns: int) -> str:
    """One sensor in words: looks and plots so far, last word, silence, degradation."""
    if seen.last_known_ns is UNSET:
        return f"{seen.sensor_id} ({seen.kind}): never heard"
    count = f"{words.plural(seen.n_scans, 'look')}, {words.plural(seen.n_plots, 'plot')}"
    text = f"{seen.sensor_id} ({seen.kind}): {count}, last heard {say.clock(seen.last_known_ns)}"
    if seen.is_silent(now_ns):
        text += f"; SILENT for {say.duration((now_ns - seen.last_known_ns) / NS_PER_S)}"
    if seen.status is not UNSET and seen.status.is_degraded:
        text += f"; degraded: {seen.status.reason}"
    return text
