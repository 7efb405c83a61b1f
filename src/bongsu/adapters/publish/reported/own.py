"""What Bongsu itself makes of the figures: always said to be its estimate, never put into anybody's mouth."""

import math

from bongsu.adapters.publish.reported.story import Story
from bongsu.adapters.publish.rounding import Z90, percent
from bongsu.adapters.publish.sentence import Sentence
from bongsu.language.telling import Telling
from bongsu.messages.accounts import Reconstruction
from bongsu.models.hedges import words_for

_LEAST_SHARE = 0.1  # of a shape that is named
_WIDEST_M = 150e3  # 90 % half-width beyond which no place of fall is named
_ASKED = ("JPN.eez",)


def sentences(w: Telling, story: Story) -> list[Sentence]:
    """Flight time, shapes, zone and place of each reconstruction; or that there is none."""
    if not story.reconstructions:
        return [Sentence(text=w.phrases["own_none"], rests_on=(story.account.id,))]
    return [each for found in story.reconstructions for each in _of(w, story, found)]


def _of(w: Telling, story: Story, found: Reconstruction) -> list[Sentence]:
    low, high = found.flight_time_low_s / 60.0, found.flight_time_high_s / 60.0
    texts = [w.phrases["own_from"].format(who=w.speaker(found.speaker), low=f"{low:.0f}", high=f"{high:.0f}")]
    texts.append(w.phrases["own_shapes"].format(shapes=w.listed(_shapes(w, found))))
    for zone, p in found.p_zones:
        if zone in _ASKED:
            texts.append(w.phrases["own_zone"].format(zone=w.zones[zone], words=w.verdicts[words_for(p)], p=_share(p)))
    texts += _place(w, story, found)
    if found.would_settle in w.phrases:
        texts.append(w.phrases["own_settle"].format(figure=w.phrases[found.would_settle]))
    return [Sentence(text=text, rests_on=(found.id, *found.rests_on)) for text in texts]


def _shapes(w: Telling, found: Reconstruction) -> list[str]:
    rows = zip(found.shape, found.p, found.apogee_m, strict=True)
    return [
        w.phrases["shape_row"].format(
            shape=w.shapes[shape], p=_share(p), apogee=f"{two_figures(apogee_m / 1000.0):,.0f}"
        )
        for shape, p, apogee_m in rows
        if p >= _LEAST_SHARE and shape in w.shapes
    ]


def _share(p: float) -> str:
    """A probability without words."""
    return percent(p).replace("over ", ">").replace("under ", "<")


def two_figures(value: float) -> float:
    """A value to two figures."""
    step = 10.0 ** (math.floor(math.log10(value)) - 1) if value > 0.0 else 1.0
    return round(value / step) * step


def _place(w: Telling, story: Story, found: Reconstruction) -> list[str]:
    """Where the likeliest shape came down, in public words; nothing where that is too wide to be a place."""
    if not found.impact_lat_rad:
        return []
    east, _, north = found.cov_en_m2[0]
    half_m = Z90 * math.sqrt(0.5 * (east + north))
    if half_m > _WIDEST_M:
        return []
    place = story.namer(found.impact_lat_rad[0], found.impact_lon_rad[0], w.lang)
    return [w.phrases["own_place"].format(place=place, km=max(10, round(half_m / 1e4) * 10))]
