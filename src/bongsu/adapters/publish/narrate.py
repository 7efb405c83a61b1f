"""A log told line by line, for a terminal that is none: one line for each material change, no control codes."""

from msgspec import UNSET

from bongsu.adapters.publish import rounding as say
from bongsu.adapters.publish import statements, values, words
from bongsu.adapters.publish.account import Account, SensorSeen
from bongsu.adapters.publish.watch import short


class Narrator:
    """Remembers what it said last of each topic, and says it again only when it changed materially.

    A figure changed materially when it left the 90 % interval it was last printed with, or when that interval halved.
    """

    def __init__(self) -> None:
        self._said: dict[str, object] = {}
        self._figures: dict[str, tuple[float, float]] = {}

    def lines(self, a: Account, now_ns: int) -> list[str]:
        """What is new at this instant, oldest topic first, each line stamped with the time it was known."""
        found = [self._event(a), self._phase(a), self._burn(a), self._point(a), self._fan(a)]
        found += [self._apogee(a), self._impact(a), self._class(a)]
        found += [*self._verdicts(a), *self._warnings(a), *self._sensors(a, now_ns)]
        found += [self._ended(a), self._watch(a)]
        return [f"{say.clock(now_ns)}  {line}" for line in found if line]

    def _once(self, topic: str, key: object, line: str) -> str:
        """The line, if the key of its topic is new."""
        if self._said.get(topic) == key:
            return ""
        self._said[topic] = key
        return line

    def _moved(self, topic: str, value: float, half: float) -> bool:
        """Whether a figure left the interval it was printed with, or is known twice as well."""
        last, last_half = self._figures.get(topic, (value, float("inf")))
        is_new = abs(value - last) > last_half or half < 0.5 * last_half
        if is_new:
            self._figures[topic] = value, half
        return is_new

    def _event(self, a: Account) -> str:
        if a.event is UNSET:
            return self._once("event", ("none", a.n_tracks // 10), statements.headline(a).text)
        state = words.STATES.get(a.event.state, a.event.state)
        line = f"{state} ({a.event.event_id}): {words.listed(list(a.event.principles))}; {a.event.reason}"
        return self._once("event", (a.event.event_id, a.event.state), line)

    def _phase(self, a: Account) -> str:
        if a.track is UNSET:
            return ""
        phase = words.PHASES.get(a.track.phase, a.track.phase)
        h = values.height(a.track.h_m, a.track.sigma_m)
        line = f"phase: {phase}, height {h}, speed {values.speed(a.track.speed_mps)}"
        return self._once("phase", (a.track.track_id, a.track.phase), line)

    def _burn(self, a: Account) -> str:
        ended = [b for b in a.burns if b.end_ns is not UNSET]
        if not ended:
            return ""
        return self._once(
            "burn", (ended[-1].track_id, len(ended)), statements.burn(ended[-1], is_first=len(a.burns) == 1).text
        )

    def _point(self, a: Account) -> str:
        if a.point is UNSET or not self._moved("t0", a.point.t0_ns / 1e9, say.Z90 * a.point.sigma_t0_s):
            return ""
        where = values.place(a.point.lat_rad, a.point.lon_rad, a.point.cov_en_m2)
        near = f" ({a.launch_words})" if a.launch_words else ""
        size = values.region(a.point.cov_en_m2)
        return f"launch: {values.t0(a.point)} from {where}{near}, direction {values.azimuth(a.point)}, 90 % in {size}"

    def _fan(self, a: Account) -> str:
        if a.fan is UNSET or a.impact is not UNSET or not self._moved("fan", a.fan.reach_m[1], 0.3 * a.fan.reach_m[1]):
            return ""
        return statements.reach(a.fan).text

    def _apogee(self, a: Account) -> str:
        if a.apogee is UNSET or not self._moved("apogee", a.apogee.apogee_m, 0.5 * (a.apogee.high_m - a.apogee.low_m)):
            return ""
        return f"apogee: {values.apogee(a.apogee)} at {values.apogee_time(a.apogee)}"

    def _impact(self, a: Account) -> str:
        if a.impact is UNSET:
            return ""
        is_new = bool(self._once("assumption", a.impact.assumption, "new"))
        if a.flight is not UNSET:
            is_new |= self._moved("range", a.flight.range_m, say.Z90 * a.flight.sigma_range_m)
        is_new |= self._moved("time", a.impact.impact_ns / 1e9, say.Z90 * a.impact.sigma_impact_s)
        if not is_new:
            return ""
        reach = f"range {values.flight_range(a.flight)}; " if a.flight is not UNSET else ""
        where = a.impact_words or values.place(a.impact.lat_rad, a.impact.lon_rad, a.impact.cov_en_m2)
        zones = ", ".join(f"{words.zone(z)} {say.percent(p)}" for z, p, _ in statements.zones(a)[:3])
        when = values.impact_time(a.impact)
        return f"impact {statements.assumption(a.impact)}: {reach}{when}, {where}; {zones or 'no zone'}"

    def _class(self, a: Account) -> str:
        if a.classification is UNSET:
            return ""
        c = a.classification
        best = tuple(max(chances, key=lambda item: item[1])[0] for chances in (c.kind, c.shape, c.range_class))
        line = "; ".join(sentence.text.rstrip(".") for sentence in statements.classification(a))
        return self._once("class", best, line)

    def _verdicts(self, a: Account) -> list[str]:
        lines = [s.text for s in statements.verdicts(a)]
        return [
            self._once(f"verdict {v.area} {v.hazard}", v.words, f"verdict: {line}")
            for v, line in zip(a.verdicts, lines, strict=True)
        ]

    def _warnings(self, a: Account) -> list[str]:
        said = statements.warning(a) if a.warnings else []
        return [self._once(f"warning {s.rests_on}", s.text, f"WARNING {s.text}") for s in said]

    def _sensors(self, a: Account, now_ns: int) -> list[str]:
        return [self._sensor(seen, now_ns) for seen in a.sensors]

    def _sensor(self, seen: SensorSeen, now_ns: int) -> str:
        """Silence of a sensor that had spoken, and its return."""
        if seen.last_known_ns is UNSET:
            return ""
        is_silent = seen.is_silent(now_ns)
        was_silent = self._said.get(f"sensor {seen.sensor_id}", False)
        self._said[f"sensor {seen.sensor_id}"] = is_silent
        if is_silent == was_silent:
            return ""
        return f"sensor {statements.sensor(seen, now_ns)}" if is_silent else f"sensor {seen.sensor_id}: heard again"

    def _watch(self, a: Account) -> str:
        """The level of the whole watched area, when its word changes."""
        return self._once("watch", a.watch[0].level, f"watch: {short(a.watch[0])}") if a.watch else ""

    def _ended(self, a: Account) -> str:
        if a.ended is UNSET:
            return ""
        return self._once("ended", a.ended.track_id, f"track {a.ended.track_id} ended: {a.ended.reason}")
