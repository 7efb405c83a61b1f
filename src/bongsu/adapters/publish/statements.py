"""What can be said of each part of an account, one sentence a fact; the screen and the brief say the same ones.

The words are a language's own (`language/<lang>/recounting.py`); English where none is asked for.
"""

from msgspec import UNSET

from bongsu.adapters.publish import rounding as say
from bongsu.adapters.publish import values, words
from bongsu.adapters.publish.account import Account, AnyWarning, SensorSeen
from bongsu.adapters.publish.sentence import Sentence, state
from bongsu.constants import NS_PER_S
from bongsu.language.recounting import Recounting, recounting_of
from bongsu.language.telling import telling_of
from bongsu.messages.assessment import FootprintFan, ImpactPrediction, LaunchEvent
from bongsu.messages.tracking import BurnObserved
from bongsu.messages.warning import AllClear, WarningCancelled
from bongsu.models.hedges import is_unweighed

LEAST_SAID = 0.005  # zones, classes and passages less likely than this are left out
EN = recounting_of("en")


def headline(a: Account, w: Recounting = EN) -> Sentence:
    """The one sentence to read first."""
    event = a.event
    if event is UNSET:
        return _nothing(a, w)
    if event.state == "withdrawn":
        return _state(w, "withdrawn", event, reason=event.reason)
    start = _start(a, event, w)
    if event.state == "suspected":
        return _state(w, "suspected", event, a.detection, a.point, start=start)
    if a.impact is UNSET:
        return _state(w, "no_impact", event, a.point, a.fan, start=start)
    place = values.place(a.impact.lat_rad, a.impact.lon_rad, a.impact.cov_en_m2)
    return _state(
        w, "fallen" if event.state == "over" else "falling", event, a.point, a.impact, start=start,
        assumption=assumption(a.impact, w), time=values.impact_time(a.impact), near=w.near_place(a.impact_words or place),
    )  # fmt: skip


def _state(w: Recounting, key: str, *on: object, **slots: object) -> Sentence:
    return state(w.say(key, **slots), *on, w=w)


def _nothing(a: Account, w: Recounting) -> Sentence:
    if a.n_tracks == 0:
        return _state(w, "nothing")
    return _state(w, "objects", objects=w.plural(a.n_tracks, "object"))


def _what(a: Account, w: Recounting) -> str:
    """`one missile launched`, as far as its kind is known with more than even odds."""
    kinds = dict(a.classification.kind) if a.classification is not UNSET else {}
    kind, p = max(kinds.items(), key=lambda item: item[1], default=("undetermined", 0.0))
    is_known = p >= 0.75 and kind != "undetermined"
    return w.say("what", noun=w.kinds.get(kind, kind) if is_known else w.kinds["object"])


def _start(a: Account, event: LaunchEvent, w: Recounting) -> str:
    """`one object launched at ... from ...`, with lift-off if it is known, else when it was first seen."""
    if a.point is UNSET:
        first_ns = a.detection.valid_ns if a.detection is not UNSET else event.valid_ns
        return w.say("seen_at", what=_what(a, w), time=say.clock(first_ns))
    return w.say("launched_at", what=_what(a, w), time=values.t0(a.point), place=w.from_place(a.launch_words))


def assumption(impact: ImpactPrediction, w: Recounting = EN) -> str:
    """The condition a forecast stands under."""
    return w.assumptions.get(impact.assumption, f"under the assumption {impact.assumption!r}")


def launch(a: Account, w: Recounting = EN) -> list[Sentence]:
    """When, where and how it was seen to leave the ground."""
    said = []
    if a.detection is not UNSET:
        principle = w.principles.get(a.detection.principle, a.detection.principle)
        by, time = w.listed(list(a.detection.evidence)), say.clock(a.detection.known_ns)
        said.append(_state(w, "declared", a.detection, time=time, principle=principle, sensors=by))
    if a.event is not UNSET and a.event.principles:
        names = [w.principles.get(p, p) for p in a.event.principles]
        kinds = w.plural(len(names), "physical principle")
        told = w.states.get(a.event.state, a.event.state)
        said.append(
            _state(w, "event", a.event, state=told, kinds=kinds, principles=w.listed(names), reason=a.event.reason)
        )
    if a.point is not UNSET:
        where = values.place(a.point.lat_rad, a.point.lon_rad, a.point.cov_en_m2)
        near = w.phrases["comma"] + a.launch_words if a.launch_words else ""
        region = w.figure(values.region(a.point.cov_en_m2))
        said.append(_state(w, "lift_off", a.point, time=values.t0(a.point), date=date(w, a.point.t0_ns)))
        said.append(_state(w, "point", a.point, where=where, near=near, region=region))
        said.append(_state(w, "direction", a.point, azimuth=values.azimuth(a.point)))
    return said


def date(w: Recounting, t_ns: int) -> str:
    """The UTC day of an instant, in words."""
    then = say.instant(t_ns)
    return w.day(then.year, then.month, then.day)


def flight(a: Account, w: Recounting = EN) -> list[Sentence]:
    """Phase, burns, greatest height, range and flight time."""
    said = []
    if a.track is not UNSET:
        said.append(
            _state(
                w, "last_state", a.track.finding_id, time=say.clock(a.track.t_ns),
                phase=w.phases.get(a.track.phase, a.track.phase), height=values.height(a.track.h_m, a.track.sigma_m),
                speed=values.speed(a.track.speed_mps), plots=w.plural(a.track.n_plots, "plot"),
            )
        )  # fmt: skip
        if a.track.lat_rad is UNSET:
            said.append(_state(w, "placeless", a.track.finding_id))
    said += [burn(found, is_first=found is a.burns[0], w=w) for found in a.burns]
    if a.apogee is not UNSET:
        why = w.say("revised", reason=a.apogee.reason) if a.apogee.reason else ""
        top, time = w.figure(values.apogee(a.apogee)), values.apogee_time(a.apogee)
        said.append(_state(w, "apogee", a.apogee, apogee=top, time=time, why=why))
    if a.flight is not UNSET:
        said.append(_state(w, "range", a.flight, range=w.figure(values.flight_range(a.flight))))
        said.append(_state(w, "flight_time", a.flight, time=w.figure(values.flight_time(a.flight))))
    if a.ended is not UNSET:
        ending = w.endings.get(a.ended.reason, a.ended.reason)
        said.append(_state(w, "ended", a.ended, time=say.clock(a.ended.valid_ns), ending=ending))
    return said


def burn(found: BurnObserved, *, is_first: bool = True, w: Recounting = EN) -> Sentence:
    """A powered stretch of flight, over or going on; after the first one lift cannot be told from thrust.

    It may have burnt long before anybody saw it: the start of the first is that of the seeing.
    """
    is_over = found.end_ns is not UNSET
    key = ("burnt" if is_over else "burn") if is_first else ("again_ended" if is_over else "again")
    end = "" if found.end_ns is UNSET else say.clock(found.end_ns)
    half = values.spread(say.Z90 * found.sigma_s)
    return _state(w, key, found, start=say.clock(found.start_ns), end=end, half=half)


def impact(a: Account, w: Recounting = EN) -> list[Sentence]:
    """Where and when it comes down, and under which assumption; before burn-out only how far it could reach."""
    if a.impact is UNSET:
        return [reach(a.fan, w)] if a.fan is not UNSET else []
    found = a.impact
    method = w.say("samples", n=found.n_samples) if found.method == "cloud" else w.say("sigma_points")
    said = [
        _state(w, "comes_down", found, assumption=assumption(found, w), time=values.impact_time(found)),
        _state(
            w, "impact_point", found, where=values.place(found.lat_rad, found.lon_rad, found.cov_en_m2),
            near=w.phrases["comma"] + a.impact_words if a.impact_words else "", region=w.figure(values.region(found.cov_en_m2)),
            method=method, time=say.clock(found.valid_ns),
        ),
    ]  # fmt: skip
    if found.assumption == "unpowered" and len(a.burns) > 1:
        said.append(_state(w, "may_return", a.burns[-1]))
    return said


def reach(fan: FootprintFan, w: Recounting = EN) -> Sentence:
    """How far it could come down while the engine burns, and in which zones."""
    near, far = (values.two_figures(reach_m / say.M_PER_KM) for reach_m in fan.reach_m)
    zones = w.say("reachable", zones=w.listed([words.zone(z, w) for z in fan.zones])) if fan.zones else ""
    return _state(w, "reach", fan, near=near, far=far, zones=zones)


def zones(a: Account, w: Recounting = EN) -> list[tuple[str, float, Sentence]]:
    """Zone id, probability of falling inside, and the sentence; most likely first."""
    if a.impact is UNSET:
        return []
    ranked = sorted(a.impact.zones, key=lambda zone: (-zone[1], zone[0]))
    return [
        (z, p, _state(w, "zone", a.impact, zone=words.zone(z, w), p=w.figure(say.percent(p))))
        for z, p in ranked
        if p >= LEAST_SAID
    ]


def verdicts(a: Account, w: Recounting = EN) -> list[Sentence]:
    """The verdict on each protected area, in a word and a probability."""
    said = []
    for v in a.verdicts:
        when = w.say("at", time=say.clock(v.impact_ns)) if v.impact_ns is not UNSET and v.p >= LEAST_SAID else ""
        chance = w.say("probability", p=w.figure(say.percent(v.p)))
        if is_unweighed(v.words, v.p):
            chance, when = w.say("unweighed"), ""
        about, name, verdict = w.say(f"about:{v.hazard}"), a.area_name(v.area), telling_of(w.lang).verdicts[v.words]
        said.append(_state(w, "verdict", v, area=name, about=about, words=verdict, chance=chance, when=when))
    return said


def overflight(a: Account, w: Recounting = EN) -> list[Sentence]:
    """Which protected areas it passes above, and when."""
    if a.overflight is UNSET:
        return []
    return [
        _state(
            w, "passes", a.overflight, area=a.area_name(area), p=w.figure(say.percent(p)), first=say.clock(first_ns),
            last=say.clock(last_ns),
        )
        for area, p, first_ns, last_ns in a.overflight.areas
        if p >= LEAST_SAID
    ]  # fmt: skip


def classification(a: Account, w: Recounting = EN) -> list[Sentence]:
    """What it seems to be: kind, trajectory shape, range class, each with its probabilities."""
    if a.classification is UNSET:
        return []
    c = a.classification
    rows = (
        ("kind", _chances(c.kind, w.kinds, w)),
        ("shape", _chances(c.shape, w.shapes, w)),
        ("range_class", _chances(c.range_class, {}, w)),
    )
    return [_state(w, key, c, chances=told, convention=c.convention) for key, told in rows if told]


def _chances(chances: tuple[tuple[str, float], ...], names: words.Names, w: Recounting) -> str:
    ranked = sorted(chances, key=lambda item: (-item[1], item[0]))
    return w.phrases["comma"].join(
        f"{names.get(name, name)} {w.figure(say.percent(p))}" for name, p in ranked[:3] if p >= 0.01
    )


def warning(a: Account, w: Recounting = EN) -> list[Sentence]:
    """What was proposed, changed and ended, oldest first; or that nothing was."""
    if not a.warnings:
        return [_state(w, "no_warning", a.event)] if a.event is not UNSET else []
    said = [_warning(a, each, w) for each in a.warnings]
    for act in a.acknowledged:
        said.append(_state(w, "acknowledged", act.seq, user=act.user, time=say.clock(act.valid_ns)))
    return said


def _warning(a: Account, found: AnyWarning, w: Recounting) -> Sentence:
    areas = w.listed([a.area_name(area) for area in found.areas])
    verb, time = w.warnings[str(type(found).__struct_config__.tag)], say.clock(found.known_ns)
    if isinstance(found, WarningCancelled | AllClear):
        areas = areas or w.say("all_areas")
        return _state(w, "warning_over", found, time=time, verb=verb, areas=areas, reason=found.reason)
    return _state(
        w, "warning", found, time=time, verb=verb, areas=areas, hazard=w.hazards[found.hazard],
        certainty=w.certainties[found.certainty], reason=found.reason,
    )  # fmt: skip


def sensors(a: Account, w: Recounting = EN) -> list[Sentence]:
    """Who was heard, when last, and who is silent."""
    return [Sentence(text=sensor(seen, a.now_ns, w) + w.phrases["stop"]) for seen in a.sensors]  # ids keep their case


def sensor(seen: SensorSeen, now_ns: int, w: Recounting = EN) -> str:
    """One sensor in words: looks and plots so far, last word, silence, degradation."""
    kind = w.principles.get(seen.kind, seen.kind)
    if seen.last_known_ns is UNSET:
        return w.say("never_heard", sensor=seen.sensor_id, kind=kind)
    text = w.say(
        "sensor", sensor=seen.sensor_id, kind=kind, looks=w.plural(seen.n_scans, "look"),
        plots=w.plural(seen.n_plots, "plot"), time=say.clock(seen.last_known_ns),
    )  # fmt: skip
    if seen.is_silent(now_ns):
        text += w.say("silent", span=say.duration((now_ns - seen.last_known_ns) / NS_PER_S))
    if seen.status is not UNSET and seen.status.is_degraded:
        text += w.say("degraded", reason=seen.status.reason)
    return text
