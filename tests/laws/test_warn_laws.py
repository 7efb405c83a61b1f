"""Whatever happens, in any order: at most one live warning an event, no all-clear under threat, no claim beyond what
was seen.
"""

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from msgspec import UNSET
from tests.helpers.flights import tables
from tests.helpers.tracked import at, state, update

from bongsu.messages.assessment import LaunchEvent, ThreatVerdict
from bongsu.messages.base import Finding
from bongsu.messages.codec import decode_finding, encode
from bongsu.messages.inputs import Tick
from bongsu.messages.tracking import TrackEnded
from bongsu.messages.warning import AllClear, WarningCancelled, WarningProposed, WarningUpdated
from bongsu.models.areas import Area
from bongsu.models.hedges import words_for
from bongsu.models.settings import Settings
from bongsu.stages import warn

AREAS = (Area(area_id="a", hazards=("fall", "overflight")), Area(area_id="b"), Area(area_id="eez", is_warned=False))
EVENTS = ("E000001", "E000002")
TRACKS = {"E000001": "T000001", "E000002": "T000002"}
PROBABILITIES = st.sampled_from([0.0, 0.01, 0.02, 0.05, 0.1, 0.3, 0.51, 0.97, 1.0])
MARGIN_S = 30.0


class Warnings(RuleBasedStateMachine):
    """Events, verdicts, tracks and time in any order, against a plain bookkeeping of what was promised."""

    def __init__(self) -> None:
        super().__init__()
        self.cfg = warn.configure(Settings(areas=AREAS), tables())
        self.kept = warn.start(self.cfg)
        self.t_s = 60.0
        self.open: dict[str, str] = {}  # event -> state
        self.live: dict[str, tuple[str, tuple[str, ...]]] = {}  # event -> warning id, areas
        self.verdicts: dict[str, dict[tuple[str, str], ThreatVerdict]] = {e: {} for e in EVENTS}
        self.seen_s: dict[str, float] = {}
        self.ids: list[str] = []

    def hear(self, message: object) -> None:
        before = self.kept
        self.kept, said = warn.step(self.cfg, self.kept, message)
        again, said_again = warn.step(self.cfg, before, message)
        assert (again, said_again) == (self.kept, said)  # a fold: the same in gives the same out
        for finding in said:
            assert decode_finding(encode(finding)) == finding
            self.check(finding)

    def check(self, finding: Finding) -> None:
        event = finding.event_id
        if isinstance(finding, WarningProposed):
            assert event not in self.live
            assert finding.warning_id not in self.ids
            assert self.open[event] in ("suspected", "confirmed")
            self.ids.append(finding.warning_id)
        else:
            assert self.live[event][0] == finding.warning_id
        if isinstance(finding, WarningProposed | WarningUpdated):
            assert finding.areas
            assert "eez" not in finding.areas
            assert finding.certainty == "Possible" or self.open[event] != "suspected"
            self.live[event] = (finding.warning_id, finding.areas)
        if isinstance(finding, AllClear):
            self.check_all_clear(event, finding)
        if isinstance(finding, WarningCancelled | AllClear):
            del self.live[event]
        assert finding.reason

    def check_all_clear(self, event: str, finding: AllClear) -> None:
        for verdict in self.verdicts[event].values():
            if verdict.area == "eez" or verdict.p < 0.02:
                continue
            if verdict.until_ns is UNSET:
                assert self.open[event] == "over"
            else:
                assert verdict.until_ns + MARGIN_S * 1e9 <= finding.valid_ns
        assert "has passed" not in finding.reason
        assert self.seen_s.get(event, 0.0) > 0.0 or "followed" not in finding.reason

    @rule(event=st.sampled_from(EVENTS), to=st.sampled_from(["suspected", "confirmed"]))
    def open_event(self, event: str, to: str) -> None:
        if self.open.get(event) in ("over", "withdrawn"):
            return
        if self.open.get(event) == "confirmed":
            to = "confirmed"
        self.say_event(event, to)

    @precondition(lambda self: self.open)
    @rule(data=st.data(), to=st.sampled_from(["over", "withdrawn"]))
    def close_event(self, data: st.DataObject, to: str) -> None:
        self.say_event(data.draw(st.sampled_from(sorted(self.open))), to)

    def say_event(self, event: str, to: str) -> None:
        self.open[event] = to
        self.hear(
            LaunchEvent(
                event_id=event,
                revision=1,
                state=to,
                valid_ns=at(self.t_s),
                track_ids=(TRACKS[event],),
                detection_ids=(),
                principles=("radar",),
                reason="a test",
            )
        )

    @precondition(lambda self: any(s in ("suspected", "confirmed") for s in self.open.values()))
    @rule(
        data=st.data(),
        place=st.sampled_from([("a", "fall"), ("a", "overflight"), ("b", "fall"), ("eez", "fall")]),
        p=PROBABILITIES,
        ahead_s=st.sampled_from([-50.0, -5.0, 5.0, 40.0, 300.0]),
        length_s=st.sampled_from([0.0, 60.0]),
        has_time=st.booleans(),
    )
    def judge(
        self, data: st.DataObject, place: tuple[str, str], p: float, ahead_s: float, length_s: float, has_time: bool
    ) -> None:
        event = data.draw(st.sampled_from(sorted(e for e, s in self.open.items() if s in ("suspected", "confirmed"))))
        first, last = at(self.t_s + ahead_s), at(self.t_s + ahead_s + length_s)
        verdict = ThreatVerdict(
            event_id=event,
            valid_ns=at(self.t_s),
            area=place[0],
            hazard=place[1],
            p=p,
            words=words_for(p),
            impact_ns=first if has_time else UNSET,
            until_ns=last if has_time else UNSET,
        )
        self.verdicts[event][place] = verdict
        self.hear(verdict)

    @rule(step_s=st.sampled_from([0.1, 1.0, 5.0, 11.0, 31.0, 200.0]))
    def time_passes(self, step_s: float) -> None:
        self.t_s += step_s
        self.hear(Tick(valid_ns=at(self.t_s)))

    @rule(event=st.sampled_from(EVENTS), is_hit=st.booleans())
    def look(self, event: str, is_hit: bool) -> None:
        if is_hit:
            self.seen_s[event] = self.t_s
        x = state(39.0, 130.0, 200e3, (1500.0, 0.0, 0.0))
        self.hear(update(x, self.t_s, track_id=TRACKS[event], plot=0 if is_hit else -1))

    @rule(event=st.sampled_from(EVENTS))
    def lose(self, event: str) -> None:
        last_s = self.seen_s.get(event, 1.0)
        self.seen_s[event] = last_s
        self.hear(TrackEnded(track_id=TRACKS[event], valid_ns=at(self.t_s), reason="lost", last_plot_ns=at(last_s)))

    @invariant()
    def at_most_one_live_warning_an_event(self) -> None:
        for case in self.kept.cases:
            assert len(case.live) <= 1
            assert bool(case.live) == (case.event_id in self.live)

    @invariant()
    def a_live_warning_is_never_forgotten(self) -> None:
        assert sorted(self.live) == sorted(c.event_id for c in self.kept.cases if c.live)


class TestWarnings(Warnings.TestCase):
    """The machine, run by pytest."""

    settings = settings(max_examples=150, stateful_step_count=40)
