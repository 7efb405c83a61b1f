"""Every rule of the machine between a proposal and the public, and that nothing gets around it."""

from dataclasses import replace

import pytest

from bongsu.messages.assessment import LaunchEvent, ThreatVerdict
from bongsu.messages.inputs import OperatorAct, StandingOrder, Tick
from bongsu.messages.issued import (
    ActRefused,
    ClearIssued,
    DecisionDue,
    Sendable,
    WarningApproved,
    WarningCorrected,
    WarningDrafted,
    WarningExpired,
    WarningIssued,
    WarningRetracted,
    WarningRevised,
)
from bongsu.messages.warning import AllClear, WarningCancelled, WarningProposed, WarningUpdated
from bongsu.models.areas import Area
from bongsu.models.decision import DecideSettings
from bongsu.models.rights import RIGHTS, User, may
from bongsu.models.settings import Settings
from bongsu.stages import decide

S = 1_000_000_000
T0 = 1_762_486_500 * S
PEOPLE = (
    User(user_id="ann", roles=("author",)), User(user_id="bo", roles=("approver",)),
    User(user_id="cy", roles=("author", "approver")),
    User(user_id="di", roles=("watch",)), User(user_id="eve", roles=("admin", "auditor", "releaser")),
    User(user_id="fu", roles=("approver",)),
)  # fmt: skip
AREAS = (Area(area_id="north", name="North"), Area(area_id="south", name="South"))
SETTINGS = Settings(areas=AREAS, users=PEOPLE, mode="live", decide=DecideSettings(authority="centre"))
CFG = decide.configure(SETTINGS, None)


class Desk:
    """A stage and its state, fed one message after the other."""

    def __init__(self, cfg=CFG, state="confirmed"):
        self.cfg, self.state, self.found, self.t = cfg, decide.start(cfg), [], T0
        self.hear(event(state))

    def hear(self, message):
        self.state, said = decide.step(self.cfg, self.state, message)
        self.found += said
        return said

    def act(self, verb, user, target="W000001", after_s=1, session="", **more):
        self.t += after_s * S
        more.setdefault("why", "")
        return self.hear(
            OperatorAct(valid_ns=self.t, user=user, verb=verb, target_id=target, session=session or f"{user}-1", **more)
        )

    def tick(self, after_s):
        self.t += after_s * S
        return self.hear(Tick(valid_ns=self.t))

    def propose(self, areas=("north",), certainty="Likely", impact_s=400):
        return self.hear(proposed(self.t, areas, certainty, impact_s))

    def issue(self, **more):
        self.propose(**more)
        self.act("propose", "ann")
        self.act("approve", "bo")
        return self.act("send", "bo")

    @property
    def sendable(self):
        return [f for f in self.found if isinstance(f, Sendable)]


def event(state="confirmed"):
    return LaunchEvent(
        event_id="E000001", revision=1, state=state, valid_ns=T0, track_ids=("T000001",), detection_ids=("D000001",),
        principles=("radar",), reason="",
    )  # fmt: skip


def proposed(t_ns, areas=("north",), certainty="Likely", impact_s=400, kind=WarningProposed):
    return kind(
        id="9.1", warning_id="W000001", event_id="E000001", valid_ns=t_ns, areas=areas, reason="r", certainty=certainty,
        hazard="fall", impact_ns=T0 + impact_s * S,
    )  # fmt: skip


def verdict(t_ns, p=0.5, area="north", impact_s=400):
    return ThreatVerdict(
        event_id="E000001",
        valid_ns=t_ns,
        area=area,
        hazard="fall",
        p=p,
        words="likely inside",
        impact_ns=T0 + impact_s * S,
    )


def ended(t_ns, kind, **more):
    return kind(
        id="10.1", warning_id="W000001", event_id="E000001", valid_ns=t_ns, areas=("north",), reason="r", **more
    )


def order(t_ns, **more):
    given = {
        "order_id": "o1", "valid_ns": t_ns, "areas": ("north",), "p_least": 0.3, "from_ns": T0, "until_ns": T0 + 3_600 * S,
        "signed_by": (("bo", "bo-1"), ("fu", "fu-1")),
    }  # fmt: skip
    return StandingOrder(**given | more)


def rule(found):
    (one,) = found
    assert isinstance(one, ActRefused)
    return one.rule


def test_two_people_in_two_sessions_send_what_the_evidence_proposed():
    desk = Desk()
    desk.propose()
    (drafted,) = desk.act("propose", "ann")
    (approved,) = desk.act("approve", "bo")
    (issued,) = desk.act("send", "bo")
    assert (type(drafted), type(approved), type(issued)) == (WarningDrafted, WarningApproved, WarningIssued)
    assert issued.by == ("ann", "bo")
    b = issued.bulletin
    assert (b.standing, b.family, b.mode, b.references) == ("alert", "shelter_now", "live", ())
    assert [a.area_id for a in b.areas] == ["north"]
    assert b.is_confirmed and b.certainty == "Likely"
    assert issued.retraction.standing == "cancel"
    assert [r.bulletin_id for r in issued.retraction.references] == [b.bulletin_id]


@pytest.mark.parametrize(
    ("acts", "expected"),
    [
        ([("propose", "cy"), ("approve", "cy")], "same_person"),
        ([("propose", "ann", {"session": "x"}), ("approve", "bo", {"session": "x"})], "same_session"),
        ([("propose", "ann"), ("send", "bo")], "not_approved"),
        ([("approve", "bo")], "nothing_drafted"),
        ([("send", "bo")], "nothing_drafted"),
        ([("propose", "ann"), ("approve", "bo"), ("send", "bo", {"after_s": 31})], "approval_old"),
        ([("propose", "di")], "no_right"),
        ([("propose", "nobody")], "no_right"),
        ([("propose", "ann"), ("approve", "eve")], "no_right"),
        ([("propose", "ann", {"target": "W000009"})], "unknown_warning"),
        ([("propose", "ann", {"areas": ("west",)})], "unknown_area"),
        ([("propose", "ann", {"family": "passed"})], "family_unfit"),
        ([("propose", "ann", {"family": "all_clear"})], "family_unfit"),
        ([("retract", "ann", {"why": "no_launch"})], "not_in_force"),
        ([("all_clear", "ann")], "not_in_force"),
        ([("cancel", "ann")], "nothing_drafted"),
        ([("propose", "ann", {"target": "E000001", "family": "shelter"})], "family_unfit"),
    ],
)
def test_acts_that_a_rule_forbids_name_it_and_send_nothing(acts, expected):
    desk = Desk()
    desk.propose()
    for verb, user, *more in acts:
        said = desk.act(verb, user, **(more[0] if more else {}))
    assert rule(said) == expected
    assert not desk.sendable


def test_an_act_without_a_session_is_none():
    desk = Desk()
    desk.propose()
    said = desk.hear(OperatorAct(valid_ns=T0, user="ann", verb="propose", target_id="W000001"))
    assert rule(said) == "no_session"


@pytest.mark.parametrize("role", RIGHTS)
@pytest.mark.parametrize("verb", ["propose", "update", "approve", "send", "retract", "all_clear", "cancel", "reject"])
def test_every_cell_of_roles_and_acts(role, verb):
    users = (*PEOPLE, User(user_id="one", roles=(role,)))
    desk = Desk(replace(CFG, users=users))
    desk.issue()
    desk.act("propose", "ann", family="shelter")
    said = desk.act(verb, "one", why="no_launch")
    may_it = {
        "propose": {"author"}, "update": {"author"}, "approve": {"approver"}, "send": {"approver"},
        "retract": {"author", "approver"}, "all_clear": {"author", "approver"}, "cancel": {"author", "approver"},
        "reject": {"author", "approver"},
    }  # fmt: skip
    is_refused_by_right = any(isinstance(f, ActRefused) and f.rule == "no_right" for f in said)
    assert is_refused_by_right == (role not in may_it[verb])


def test_what_one_source_saw_is_possible_unconfirmed_and_sent_by_two_people_alone():
    desk = Desk(state="suspected")
    desk.hear(order(T0))
    desk.hear(verdict(T0, p=0.9))
    desk.propose(certainty="Likely")
    desk.tick(5)
    assert not desk.sendable  # the order does not
    desk.act("propose", "ann")
    desk.act("approve", "bo")
    (issued,) = desk.act("send", "bo")
    assert not issued.bulletin.is_confirmed
    assert issued.bulletin.certainty == "Possible"


def test_an_order_sends_confirmed_danger_to_its_areas_and_clears_it():
    desk = Desk()
    desk.hear(order(T0))
    desk.hear(verdict(T0))
    (issued,) = desk.propose(areas=("north", "south"))
    assert isinstance(issued, WarningIssued)
    assert (issued.areas, issued.by) == (("north",), ("order:o1",))
    desk.t = T0 + 430 * S
    desk.hear(verdict(desk.t, impact_s=440))
    assert desk.hear(ended(desk.t, AllClear)) == []  # a forecast touched the area a moment ago
    (clear,) = desk.tick(61)
    assert isinstance(clear, ClearIssued)


@pytest.mark.parametrize(
    "more",
    [
        {"signed_by": (("bo", "bo-1"),)}, {"signed_by": (("bo", "1"), ("bo", "2"))}, {"signed_by": (("bo", "1"), ("fu", "1"))},
        {"signed_by": (("ann", "1"), ("bo", "2"))}, {"areas": ()}, {"areas": ("west",)}, {"until_ns": T0}, {"p_least": 0.9},
        {"from_ns": T0 + 60 * S},
    ],
)  # fmt: skip
def test_an_order_that_is_none_or_does_not_reach_sends_nothing(more):
    desk = Desk()
    desk.hear(order(T0, **more))
    desk.hear(verdict(T0))
    desk.propose()
    assert not desk.sendable


def test_a_revoked_order_sends_nothing():
    desk = Desk()
    desk.hear(order(T0))
    desk.hear(order(T0, is_revoked=True))
    desk.hear(verdict(T0))
    desk.propose()
    assert not desk.sendable


def test_a_forecast_that_went_away_ends_as_a_retraction_and_never_as_an_all_clear():
    desk = Desk()
    desk.issue()
    desk.hear(ended(desk.t, WarningCancelled))
    (due,) = desk.tick(1)
    assert isinstance(due, DecisionDue) and due.wanted == "retract"
    assert rule(desk.act("all_clear", "ann", after_s=600)) == "was_withdrawn"
    assert rule(desk.act("retract", "ann")) == "no_reason"
    (taken,) = desk.act("retract", "ann", why="wrong_object")
    assert isinstance(taken, WarningRetracted)
    assert [r.bulletin_id for r in taken.bulletin.references] == ["W000001-1"]
    assert rule(desk.act("propose", "ann")) == "already_ended"


def test_nothing_is_clear_while_a_forecast_stands_or_stood_a_moment_ago():
    desk = Desk()
    desk.issue()
    assert rule(desk.act("all_clear", "ann")) == "forecast_stands"
    desk.t = T0 + 430 * S
    desk.hear(verdict(desk.t, impact_s=440))
    desk.hear(ended(desk.t, AllClear))
    assert rule(desk.act("all_clear", "ann")) == "forecast_stands"
    (clear,) = desk.act("all_clear", "ann", after_s=60)
    assert isinstance(clear, ClearIssued)
    assert clear.by == ("ann",)


def test_that_it_passed_is_said_only_of_what_was_followed():
    for followed in (False, True):
        desk = Desk()
        desk.issue()
        desk.t = T0 + 430 * S
        desk.hear(ended(desk.t, AllClear, followed=followed))
        said = desk.act("propose", "ann", family="passed")
        assert isinstance(said[0], WarningRevised) == followed
        if not followed:
            assert rule(said) == "not_followed"


def test_areas_are_those_of_now_and_a_change_since_the_draft_is_written_again():
    desk = Desk()
    desk.propose()
    desk.act("propose", "ann")
    desk.act("approve", "bo")
    desk.hear(proposed(desk.t, ("south",), kind=WarningUpdated))
    assert rule(desk.act("send", "bo")) == "changed_since"
    desk.act("propose", "ann")
    desk.act("approve", "bo")
    (issued,) = desk.act("send", "bo")
    assert issued.areas == ("south",)


def test_a_revision_names_what_it_replaces_and_a_wider_one_takes_two_people():
    desk = Desk()
    desk.issue()
    desk.hear(proposed(desk.t, ("north", "south"), kind=WarningUpdated))
    (due,) = desk.tick(1)
    assert due.wanted == "update"
    (drafted,) = desk.act("update", "ann")
    assert isinstance(drafted, WarningDrafted)
    desk.act("approve", "bo")
    (revised,) = desk.act("send", "bo")
    assert isinstance(revised, WarningRevised)
    assert [r.bulletin_id for r in revised.bulletin.references] == ["W000001-1"]
    assert revised.bulletin.bulletin_id == "W000001-2"


def test_a_statement_that_nobody_ends_expires():
    desk = Desk()
    desk.issue()
    said = desk.tick(4_100)  # an hour past the impact
    assert any(isinstance(f, WarningExpired) for f in said)
    assert rule(desk.act("retract", "ann", why="no_launch")) == "already_ended"


def test_an_approval_lapses():
    desk = Desk()
    desk.propose()
    desk.act("propose", "ann")
    desk.act("approve", "bo")
    desk.tick(31)
    assert rule(desk.act("send", "bo")) == "not_approved"


def test_a_holding_statement_before_any_proposal_is_approved_like_a_warning():
    desk = Desk(state="suspected")
    (drafted,) = desk.act("propose", "ann", target="E000001", family="aware")
    own = drafted.warning_id
    assert own == "W900001"
    desk.act("approve", "bo", target=own)
    (issued,) = desk.act("send", "bo", target=own)
    assert (issued.bulletin.family, issued.bulletin.certainty) == ("aware", "Unknown")
    assert not isinstance(issued.bulletin.impact_ns, int)


def test_a_second_warning_of_a_person_gets_another_number():
    desk = Desk()
    first, second = (desk.act("propose", "ann", target="E000001", family="aware")[0].warning_id for _ in range(2))
    assert (first, second) == ("W900001", "W900002")


def test_the_mode_is_that_of_the_log():
    for mode in ("exercise", "replay", "test"):
        desk = Desk(replace(CFG, mode=mode))
        (issued,) = desk.issue()
        assert issued.bulletin.mode == issued.retraction.mode == mode


def test_nobody_unknown_may_do_anything():
    assert not any(may(PEOPLE, "nobody", action) for rights in RIGHTS.values() for action in rights)
    assert not any(may((User(user_id="gil"),), "gil", action) for rights in RIGHTS.values() for action in rights)


def test_an_area_in_force_is_never_left_out_without_a_word():
    desk = Desk()
    desk.issue(areas=("north", "south"))
    desk.hear(proposed(desk.t, ("north",), kind=WarningUpdated))
    assert rule(desk.act("update", "ann", areas=("north",))) == "leaves_area"
    (drafted,) = desk.act("update", "ann")
    assert drafted.areas == ("north", "south")


def test_a_lowering_speaks_to_every_area_in_force():
    desk = Desk()
    desk.issue(areas=("north", "south"))
    desk.t = T0 + 430 * S
    desk.hear(ended(desk.t, AllClear, followed=True))
    assert rule(desk.act("propose", "ann", family="passed", areas=("north",))) == "leaves_area"
    (revised,) = desk.act("propose", "ann", family="passed")
    assert revised.areas == ("north", "south")


def test_what_was_not_borne_out_is_lifted_only_as_a_correction():
    desk = Desk()
    desk.issue()
    desk.hear(ended(desk.t, WarningCancelled))
    assert rule(desk.act("propose", "ann", family="no_danger")) == "no_reason"
    (corrected,) = desk.act("propose", "ann", family="no_danger", why="forecast_changed")
    assert isinstance(corrected, WarningCorrected)


def test_a_holding_statement_on_an_event_that_ended_meanwhile_is_not_sent_and_one_in_force_is_taken_back():
    desk = Desk(state="suspected")
    desk.act("propose", "ann", target="E000001", family="aware")
    desk.act("approve", "bo", target="W900001")
    desk.hear(event("withdrawn"))
    assert rule(desk.act("send", "bo", target="W900001")) == "event_over"
    desk.hear(event("suspected"))
    desk.act("approve", "bo", target="W900001")
    assert desk.act("send", "bo", target="W900001")
    desk.hear(event("withdrawn"))
    (due,) = desk.tick(1)
    assert due.wanted == "retract"
    assert rule(desk.act("all_clear", "ann", target="W900001", after_s=600)) == "was_withdrawn"


def test_an_order_does_not_wait_for_a_draft_that_nobody_finishes():
    desk = Desk()
    desk.propose()
    desk.act("propose", "ann")
    desk.hear(verdict(desk.t))
    desk.hear(order(desk.t))
    (issued,) = desk.tick(1)
    assert issued.by == ("order:o1",)


def test_the_session_of_somebody_who_may_not_sign_does_not_count():
    desk = Desk()
    desk.hear(order(T0, signed_by=(("bo", "1"), ("fu", "1"), ("ann", "2"))))
    desk.hear(verdict(T0))
    desk.propose()
    assert not desk.sendable


def test_there_is_nothing_to_update_before_the_first_statement():
    desk = Desk()
    desk.propose()
    assert rule(desk.act("update", "ann")) == "not_in_force"
