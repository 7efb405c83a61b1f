"""Which of our launch events the claims of a day speak of: by time and place, and only where no second one can be meant."""

from collections.abc import Sequence

from bongsu.messages.accounts import Claim
from bongsu.messages.assessment import LaunchEvent
from bongsu.models import reconcile as rules
from bongsu.stages.reconcile.own import Locate, Track, figures, gap_m, local_time
from bongsu.stages.reconcile.words import Own, minute


def candidates(
    day: str, claims: Sequence[Claim], events: Sequence[LaunchEvent], tracks: Sequence[Track], locate: Locate
) -> list[tuple[LaunchEvent, Track]]:
    """The events that the claims of a day can speak of, each with its main track."""
    found = []
    for event in events:
        track = main_track(event, tracks)
        if event.state != "withdrawn" and _can_be(day, claims, event, figures(track, day), locate):
            found.append((event, track))
    return found


def main_track(event: LaunchEvent, tracks: Sequence[Track]) -> Track:
    """Of an event's tracks (the strongest first) the first with an estimate of its whole flight, else of its launch point."""
    known = {t.track_id: t for t in tracks}
    mine = [known.get(track_id, Track(track_id)) for track_id in event.track_ids]
    return max(mine, key=lambda t: (len(t.flight), len(t.point)), default=Track(""))


def _can_be(day: str, claims: Sequence[Claim], event: LaunchEvent, own: Sequence[Own], locate: Locate) -> bool:
    """Whether time and place allow it; what was not said, or is not known, excludes nothing but another day."""
    point = {o.quantity: o for o in own}
    local = point["launch_time"].value if "launch_time" in point else local_time(event.valid_ns)
    if local[:10] != day:
        return False
    times = [c.value for c in claims if c.quantity == "launch_time" and c.value[:10] == day]
    if times and min(abs(minute(t) - minute(local)) for t in times) > rules.MATCH_MIN:
        return False
    areas = [c for c in claims if c.quantity == "launch_area"]
    if "launch_area" not in point or not areas:
        return True
    return min(gap_m(point["launch_area"], c, locate) for c in areas) <= rules.MATCH_M
