"""A notice into its areas, and what came of it."""

from msgspec import UNSET, UnsetType

from bongsu.constants import NS_PER_S
from bongsu.language.notices.reading import ReadArea, ReadNotice, read
from bongsu.messages.accounts import NoticeArea, NoticeRead
from bongsu.messages.base import Finding
from bongsu.messages.inputs import Notice
from bongsu.stages.read.reports import local_day


def findings(notice: Notice) -> list[Finding]:
    """For each notice in the text what came of it, then its areas in the order of the text."""
    found: list[Finding] = []
    for one in read(notice.text, local_day(notice)):
        found.append(_outcome(notice, one))
        found.extend(_area(notice.text_id, one, area) for area in one.areas)
    return found


def _outcome(notice: Notice, found: ReadNotice) -> NoticeRead:
    return NoticeRead(
        text_id=notice.text_id,
        notice_id=found.printed.notice_id,
        medium=found.printed.medium,  # type: ignore[arg-type]
        activity=found.activity.name,  # type: ignore[arg-type]
        begins_ns=_ns(found.begins_s),
        ends_ns=_ns(found.ends_s),
        is_end_estimated=found.is_end_estimated,
        locations=found.locations,
        replaces=found.printed.replaces,
        cancels=found.printed.cancels,
        n_areas=len(found.areas),
        problems=found.problems,
        flags=tuple(sorted({*notice.flags, *found.flags})),
    )


def _area(text_id: str, notice: ReadNotice, found: ReadArea) -> NoticeArea:
    """The message of one area; what it does not have is left out."""
    area, limits = found.area, found.limits
    centre = area.centre or (UNSET, UNSET)
    return NoticeArea(
        text_id=text_id,
        notice_id=notice.printed.notice_id,
        area=area.label,
        activity=found.activity.name,  # type: ignore[arg-type]
        shape=area.shape,  # type: ignore[arg-type]
        lat_rad=tuple(lat_rad for lat_rad, _ in area.ring),
        lon_rad=tuple(lon_rad for _, lon_rad in area.ring),
        evidence=found.evidence,
        span=found.span,
        begin_ns=tuple(begin_s * NS_PER_S for begin_s, _ in found.windows),
        end_ns=tuple(end_s * NS_PER_S for _, end_s in found.windows),
        centre_lat_rad=centre[0],
        centre_lon_rad=centre[1],
        radius_m=_known(area.radius_m),
        lower_m=_known(limits.lower_m),
        upper_m=_known(limits.upper_m),
        lower_as_printed=limits.lower_as_printed,
        upper_as_printed=limits.upper_as_printed,
        hedge=found.hedge,
        activity_words=found.activity.words,
        activity_span=found.activity.span,
        n_corners_unusable=area.n_unusable,
        caveats=area.caveats,
    )


def _ns(moment_s: int | None) -> int | UnsetType:
    return UNSET if moment_s is None else moment_s * NS_PER_S


def _known(value: float | None) -> float | UnsetType:
    return UNSET if value is None else value
