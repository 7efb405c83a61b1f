"""From an account to what a screen shows: short words, no layout, no colour. Pure; `now_ns` decides every countdown."""

from dataclasses import dataclass
from typing import Literal

from msgspec import UNSET

from bongsu.adapters.publish import rounding as say
from bongsu.adapters.publish import statements, values, watch, words
from bongsu.adapters.publish.account import Account, SensorSeen
from bongsu.constants import NS_PER_S
from bongsu.messages.assessment import ThreatVerdict
from bongsu.messages.warning import AllClear, WarningCancelled
from bongsu.models.hedges import is_unweighed
from bongsu.models.watch import ALL

Tone = Literal["calm", "watch", "warning"]
OVER = "over "  # before the name of an area, where the verdict is on passing over it
UNKNOWN = "not known yet"


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure with its name."""

    name: str
    value: str
    is_known: bool = True


@dataclass(frozen=True, slots=True)
class Chance:
    """A probability with what it is of, and its word where it is a verdict."""

    name: str
    p: float
    words: str = ""
    short: str = ""  # another name for narrow screens
    is_weighed: bool = True  # whether a forecast stands behind the number


@dataclass(frozen=True, slots=True)
class WarningPanel:
    """The state of the warning in a word, what it concerns, why, and whether somebody must take note."""

    state: str
    lines: tuple[str, ...]
    needs_acknowledgement: bool
    warning_id: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """One screen."""

    mark: str
    title: str
    clock: str
    tone: Tone
    state: str
    headline: str
    facts: tuple[Fact, ...]
    zones: tuple[Chance, ...]
    verdicts: tuple[Chance, ...]
    warning: WarningPanel
    sensors: tuple[Fact, ...]  # is_known is whether it is heard
    notices: tuple[str, ...]
    watch: str = ""  # the level of the whole watched area, where there is one


def view(a: Account, now_ns: int) -> View:
    """What to show of an account at an instant."""
    return View(
        mark=words.mark(a.mode),
        title=a.title,
        clock=f"{say.date(now_ns)} {say.clock(now_ns)}",
        tone=_tone(a),
        state=words.STATES.get(a.event.state, a.event.state) if a.event is not UNSET else "NO LAUNCH",
        headline=statements.headline(a).text,
        facts=tuple(_facts(a, now_ns)),
        zones=tuple(Chance(words.short_zone(z), p) for z, p, _ in statements.zones(a)),
        verdicts=tuple(_verdict(a, v) for v in a.verdicts),
        warning=_warning(a),
        sensors=tuple(_sensor(s, now_ns) for s in a.sensors),
        notices=tuple(_notices(a)),
        watch=_watch(a),
    )


def _watch(a: Account) -> str:
    """The shortest window of the whole area, and the sites that stand above the usual."""
    if not a.watch:
        return ""
    names = dict(a.site_names)
    up = [
        f"{names.get(v.site) or v.site} {v.level}" for v in a.watch if v.site != ALL and v.level in ("raised", "high")
    ]
    return "; ".join([watch.short(a.watch[0]), *dict.fromkeys(up)])


def _tone(a: Account) -> Tone:
    if a.is_warning_open():
        return "warning"
    return "watch" if a.event is not UNSET and a.event.state in ("suspected", "confirmed") else "calm"


def _facts(a: Account, now_ns: int) -> list[Fact]:
    """The figures in the order in which they are asked for."""
    if a.event is UNSET:
        return [Fact("followed", words.plural(a.n_tracks, "object"))]
    known = a.track is not UNSET
    phase = words.PHASES.get(a.track.phase, a.track.phase) if a.track is not UNSET else UNKNOWN
    h = values.height(a.track.h_m, a.track.sigma_m) if a.track is not UNSET else UNKNOWN
    figures = [
        _since(a, now_ns),
        Fact("phase", phase, known),
        Fact("height", f"{h}, {values.speed(a.track.speed_mps)}" if a.track is not UNSET else h, known),
        _fact("apogee", values.apogee(a.apogee) if a.apogee is not UNSET else ""),
    ]
    if a.track is not UNSET and a.track.lat_rad is UNSET:
        return [*figures, _to_apogee(a, now_ns), Fact("place", "unknown from telemetry", is_known=False)]
    return [
        *figures,
        _fact("range", values.flight_range(a.flight) if a.flight is not UNSET else ""),
        _fact("direction", values.azimuth(a.point) if a.point is not UNSET else ""),
        _fact("flight time", values.flight_time(a.flight) if a.flight is not UNSET else ""),
        _impact_region(a),
        _to_impact(a, now_ns),
    ]


def _fact(name: str, value: str) -> Fact:
    return Fact(name, value or UNKNOWN, bool(value))


def _since(a: Account, now_ns: int) -> Fact:
    """Seconds since lift-off, or since it was first seen while lift-off is not estimated."""
    if a.point is not UNSET:
        half = values.spread(say.Z90 * a.point.sigma_t0_s)
        return Fact("since launch", f"{say.signed(now_ns - a.point.t0_ns)} ± {half}")
    first_ns = a.detection.valid_ns if a.detection is not UNSET else a.event.valid_ns  # type: ignore[union-attr]
    return Fact("since first seen", say.signed(now_ns - first_ns))


def _impact_region(a: Account) -> Fact:
    """The size of the 90 % region, or of the fan; the headline says where it is."""
    if a.impact is not UNSET:
        return Fact("impact region", f"{values.region(a.impact.cov_en_m2).partition(',')[0]} (90 %)")
    if a.fan is UNSET:
        return Fact("impact region", UNKNOWN, False)
    near, far = (values.two_figures(reach_m / say.M_PER_KM) for reach_m in a.fan.reach_m)
    return Fact("impact region", f"fan, {near} to {far} km from it")


def _to_apogee(a: Account, now_ns: int) -> Fact:
    """Time left to the highest point, or how long ago it was."""
    if a.apogee is UNSET:
        return Fact("to apogee", UNKNOWN, False)
    left_s = (a.apogee.apogee_ns - now_ns) / NS_PER_S
    if left_s < 0.0:
        return Fact("to apogee", f"{say.duration(left_s)} ago, {say.clock(a.apogee.apogee_ns).removesuffix(' UTC')}")
    return Fact("to apogee", f"{say.duration(left_s)}, {values.apogee_time(a.apogee).replace(' UTC', '')}")


def _to_impact(a: Account, now_ns: int) -> Fact:
    """Time left, from the stored instant; after it, how long ago."""
    if a.impact is UNSET:
        return Fact("to impact", UNKNOWN, False)
    half = values.spread(say.Z90 * a.impact.sigma_impact_s)
    left_s = (a.impact.impact_ns - now_ns) / NS_PER_S
    when = say.clock(a.impact.impact_ns).removesuffix(" UTC")
    if left_s < 0.0:
        return Fact("to impact", f"due {say.duration(-left_s)} ago, {when}")
    return Fact("to impact", f"{say.duration(left_s)} ± {half}, {when}")


def _verdict(a: Account, v: ThreatVerdict) -> Chance:
    before, is_weighed = "" if v.hazard == "fall" else OVER, not is_unweighed(v.words, v.p)
    return Chance(f"{before}{a.area_name(v.area)}", v.p, v.words, f"{before}{v.area}", is_weighed)


def _warning(a: Account) -> WarningPanel:
    """The newest word on a warning; a proposal asks for acknowledgement until somebody gives it."""
    if not a.warnings:
        return WarningPanel("NONE PROPOSED", (), needs_acknowledgement=False)
    w = a.warnings[-1]
    areas = words.listed([a.area_name(area) for area in w.areas]) or "all areas"
    if isinstance(w, WarningCancelled | AllClear):
        state = words.WARNING_WORDS[type(w)]
        return WarningPanel(state, (areas, w.reason), needs_acknowledgement=False, warning_id=w.warning_id)
    what = f"{areas}: {words.HAZARDS[w.hazard]}, certainty {w.certainty}"
    by = [f"acknowledged by {act.user} at {say.clock(act.valid_ns)}" for act in a.acknowledged[-1:]]
    lines = (what, w.reason, *by)
    return WarningPanel(words.WARNING_WORDS[type(w)], lines, not a.is_acknowledged(), w.warning_id)


def _sensor(seen: SensorSeen, now_ns: int) -> Fact:
    if seen.last_known_ns is UNSET:
        return Fact(seen.sensor_id, "never heard", is_known=False)
    age_s = (now_ns - seen.last_known_ns) / NS_PER_S
    if seen.is_silent(now_ns):
        return Fact(seen.sensor_id, f"SILENT for {say.duration(age_s)}", is_known=False)
    degraded = f", degraded: {seen.status.reason}" if seen.status is not UNSET and seen.status.is_degraded else ""
    return Fact(seen.sensor_id, f"{words.plural(seen.n_plots, 'plot')}, {say.clock(seen.last_known_ns)}{degraded}")


def _notices(a: Account) -> list[str]:
    """What else the watch should know: other events, plots thrown away, a track that ended."""
    said = []
    if a.other_events:
        others = words.listed([f"{e.event_id} ({e.state})" for e in a.other_events])
        said.append(f"other events: {others}")
    if a.ended is not UNSET:
        said.append(f"track {a.ended.track_id} ended at {say.clock(a.ended.valid_ns)}: {a.ended.reason}")
    if a.n_rejected:
        said.append(f"{words.plural(a.n_rejected, 'plot')} received and not used")
    return said
