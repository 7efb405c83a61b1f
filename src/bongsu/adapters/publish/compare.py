"""Our figures beside those that were published, and beside what one sensor alone would have said."""

import msgspec
from msgspec import UNSET, UnsetType

from bongsu.adapters.publish import rounding as say
from bongsu.adapters.publish import values, words
from bongsu.adapters.publish.account import Account, SoloFigure
from bongsu.adapters.publish.sentence import Sentence, state
from bongsu.messages.assessment import ApogeePrediction, FlightEstimate
from bongsu.messages.units import FindingId
from bongsu.sim.scenario import Published

NONE = "-"  # a figure that was not given, or not reached


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One speaker's figures, already in words."""

    who: str
    range_words: str
    apogee_words: str
    basis: str
    rests_on: tuple[FindingId, ...] = ()


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """The comparison, what to make of it, and what not."""

    rows: tuple[Row, ...] = ()
    remarks: tuple[Sentence, ...] = ()


def comparison(a: Account) -> Table:
    """All figures of one flight side by side; empty when there is nothing to compare with."""
    if not a.published and not a.solo:
        return Table()
    rows = [_given(p, f"published: {p.who}") for p in a.published]
    rows += [_own(a), *(_solo(s) for s in a.solo)]
    if a.truth is not UNSET:
        rows.append(_given(a.truth, a.truth.who))
    return Table(rows=tuple(rows), remarks=tuple(_remarks(a)))


def _given(p: Published, who: str) -> Row:
    """Figures from outside, at the digits they were given with."""
    return Row(
        who=who,
        range_words=say.about(p.range_m / say.M_PER_KM, "km") if p.range_m is not UNSET else NONE,
        apogee_words=say.about(p.apogee_m / say.M_PER_KM, "km") if p.apogee_m is not UNSET else NONE,
        basis=p.words + (f" ({p.source})" if p.source else ""),
    )


def _own(a: Account) -> Row:
    heard = [s for s in a.sensors if s.n_plots]
    return Row(
        who="Bongsu, all sensors",
        range_words=_range(a.flight),
        apogee_words=_apogee(a.apogee),
        basis=f"last forecast, {words.plural(len(heard), 'sensor')}" if a.flight is not UNSET else "no forecast",
        rests_on=tuple(f.id for f in (a.flight, a.apogee) if f is not UNSET),
    )


def _solo(s: SoloFigure) -> Row:
    return Row(
        who=f"Bongsu, {s.sensor_id} alone",
        range_words=_range(s.flight),
        apogee_words=_apogee(s.apogee) if s.apogee is not UNSET or s.top_h_m is UNSET else _at_least(s.top_h_m),
        basis=_solo_basis(s),
    )


def _solo_basis(s: SoloFigure) -> str:
    if s.first_ns is UNSET or s.last_ns is UNSET or s.first_h_m is UNSET or s.last_h_m is UNSET:
        return "saw nothing it could follow"
    first, last = (values.height(h_m, 0.0) for h_m in (s.first_h_m, s.last_h_m))
    assumed = f"forecast {words.ASSUMPTIONS[s.impact.assumption]}" if s.impact is not UNSET else "no forecast"
    return f"followed it from a height of {first} to {last}; {assumed}"


def _at_least(top_h_m: float) -> str:
    """What a sensor that came too late to forecast an apogee can say of it: the greatest height it saw."""
    return f"at least {values.height(top_h_m, 0.0)}"


def _range(flight: FlightEstimate | UnsetType) -> str:
    return values.flight_range(flight) if flight is not UNSET else NONE


def _apogee(apogee: ApogeePrediction | UnsetType) -> str:
    return values.apogee(apogee) if apogee is not UNSET else NONE


def _remarks(a: Account) -> list[Sentence]:
    """What the difference between the sensors shows here, and that it is only one possible mechanism."""
    said = _spread(a)
    if a.published:
        said.append(
            state(
                "The published figures speak of a real flight; this one is simulated from public figures. "
                "Nobody has published why they differ: the table shows one possible mechanism, not the explanation"
            )
        )
    return said


def _spread(a: Account) -> list[Sentence]:
    """Shortest and longest range that one sensor alone gives, where they differ by more than their uncertainty."""
    ranged = [(s.flight, s) for s in a.solo if s.flight is not UNSET]
    if len(ranged) < 2:
        return []
    (short, near), (long, far) = (pick(ranged, key=lambda pair: pair[0].range_m) for pick in (min, max))
    if long.range_m - short.range_m <= say.Z90 * (short.sigma_range_m + long.sigma_range_m):
        return [state("the sensors alone agree on the range within their uncertainty")]
    text = f"{near.sensor_id} alone says {_range(short)}, {far.sensor_id} alone {_range(long)}"
    if near.last_h_m is not UNSET and far.last_h_m is not UNSET and near.last_h_m > far.last_h_m:
        text += (
            f": {near.sensor_id} lost sight at {values.height(near.last_h_m, 0.0)} and extends the flight from there, "
            f"{far.sensor_id} still followed it at {values.height(far.last_h_m, 0.0)}"
        )
    return [Sentence(text=text + ".")]  # ids keep their case
