"""Whatever people, evidence and clocks do in whatever order: nothing goes out that two people or an order did not decide."""

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from tests.unit.stages.test_decide import CFG, T0, Desk, S, ended, event, order, proposed, verdict

from bongsu.messages import codec
from bongsu.messages.issued import (
    ActRefused,
    ClearIssued,
    Sendable,
    WarningExpired,
    WarningIssued,
    WarningRetracted,
)
from bongsu.messages.warning import AllClear, WarningCancelled, WarningProposed, WarningUpdated
from bongsu.stages.decide.case import LOWERING

USERS = ("ann", "bo", "cy", "di", "eve", "fu", "nobody")
VERBS = ("propose", "update", "approve", "send", "retract", "all_clear", "cancel", "reject")
FAMILIES = (
    "aware",
    "shelter",
    "shelter_now",
    "passed",
    "fell",
    "fell_outside",
    "no_danger",
    "withdrawn",
    "all_clear",
    "ships_aircraft",
)


class Office(RuleBasedStateMachine):
    """One launch, one proposal, seven people, orders, and time."""

    def __init__(self):
        super().__init__()
        self.desk = Desk(CFG, "suspected")
        self.event_state = "suspected"
        self.sent = []  # (finding, state of the event when it went out)
        self.has_proposal = self.well_signed = False

    def heard(self, said):
        for finding in said:
            codec.encode(finding)  # finite, canonical
            if isinstance(finding, Sendable):
                self.sent.append((finding, self.event_state))

    @rule(
        verb=st.sampled_from(VERBS), user=st.sampled_from(USERS), session=st.sampled_from(("", "s1", "s2", "s3")),
        on=st.sampled_from(("W000001", "W900001", "E000001", "W000007", "")), family=st.sampled_from((None, *FAMILIES)),
        why=st.sampled_from(("", "no_launch", "track_lost")), areas=st.sampled_from(((), ("north",), ("south",), ("west",))),
        after_s=st.sampled_from((0, 1, 20, 40)),
    )  # fmt: skip
    def act(self, verb, user, session, on, family, why, areas, after_s):
        more = {} if family is None else {"family": family}
        self.heard(self.desk.act(verb, user, on, after_s, session, why=why, areas=areas, **more))

    @rule(
        user=st.sampled_from(("ann", "cy")),
        other=st.sampled_from(("cy", "bo")),
        sessions=st.sampled_from(("ab", "ba", "aa")),
    )
    def in_good_order(self, user, other, sessions):
        if not self.has_proposal:
            self.evidence(("north",), 400)
        for verb, who, session in (
            ("propose", user, sessions[0]),
            ("approve", other, sessions[1]),
            ("send", other, sessions[1]),
        ):
            self.heard(self.desk.act(verb, who, session=session))

    @rule(signers=st.sampled_from((("bo", "bo"), ("bo", "fu"), ("ann", "bo"))), p=st.sampled_from((0.2, 0.9)))
    def an_order_in_good_order(self, signers, p):
        pairs = tuple((user, f"s{k}") for k, user in enumerate(signers))
        self.heard(
            self.desk.hear(order(self.desk.t, signed_by=pairs, areas=("north", "south"), until_ns=T0 + 10**6 * S))
        )
        self.well_signed = self.well_signed or signers == ("bo", "fu")
        for area in ("north", "south"):
            self.verdict(p, area)

    @rule(areas=st.sampled_from((("north",), ("south",), ("north", "south"))), impact_s=st.integers(100, 2_000))
    def evidence(self, areas, impact_s):
        kind = WarningUpdated if self.has_proposal else WarningProposed
        self.has_proposal = True
        self.heard(self.desk.hear(proposed(self.desk.t, areas, "Likely", impact_s, kind)))

    @rule(p=st.sampled_from((0.0, 0.05, 0.5, 0.99)), area=st.sampled_from(("north", "south")))
    def verdict(self, p, area):
        self.heard(self.desk.hear(verdict(self.desk.t, p, area)))

    @rule(kind=st.sampled_from((WarningCancelled, AllClear)), followed=st.booleans())
    def proposal_ends(self, kind, followed):
        if self.has_proposal:
            self.heard(self.desk.hear(ended(self.desk.t, kind, **({"followed": followed} if kind is AllClear else {}))))

    @rule(state=st.sampled_from(("suspected", "confirmed", "confirmed", "over", "withdrawn")))
    def event(self, state):
        self.event_state = state
        self.heard(self.desk.hear(event(state)))

    @rule(
        signed_by=st.lists(st.tuples(st.sampled_from(USERS), st.sampled_from(("", "s1", "s2"))), max_size=3).map(tuple),
        areas=st.sampled_from((("north",), ("north", "south"), ())), is_revoked=st.booleans(), may_lower=st.booleans(),
    )  # fmt: skip
    def order(self, signed_by, areas, is_revoked, may_lower):
        able = {(user, session) for user, session in signed_by if user in ("bo", "cy", "fu")}
        self.well_signed = self.well_signed or len({user for user, _ in able}) > 1
        self.heard(
            self.desk.hear(
                order(self.desk.t, signed_by=signed_by, areas=areas, is_revoked=is_revoked, may_lower=may_lower)
            )
        )

    @rule(after_s=st.sampled_from((1, 10, 61, 4_000)))
    def time(self, after_s):
        self.heard(self.desk.tick(after_s))

    @invariant()
    def what_raises_was_decided_by_two_people_or_an_order_on_confirmed_evidence(self):
        for finding, event_state in self.sent:
            is_lower = finding.bulletin.family in LOWERING
            by_order = [b for b in finding.by if b.startswith("order:")]
            if by_order:
                assert is_lower or event_state == "confirmed"
                assert self.well_signed
            elif not is_lower:
                assert len(set(finding.by)) == 2
            assert finding.by and finding.bulletin.areas and finding.bulletin.mode == "live"

    @invariant()
    def each_statement_names_exactly_what_it_replaces_and_nothing_follows_an_end(self):
        last, areas, has_ended = {}, {}, set()
        for finding in (f for f in self.desk.found if isinstance(f, Sendable | WarningExpired)):
            assert finding.warning_id not in has_ended
            if isinstance(finding, WarningExpired):
                has_ended.add(finding.warning_id)
                continue
            named = tuple(r.bulletin_id for r in finding.bulletin.references)
            if isinstance(finding, WarningIssued):
                assert finding.warning_id not in last and named == ()
            else:
                assert named == (last[finding.warning_id],)
            last[finding.warning_id] = finding.bulletin.bulletin_id
            assert set(finding.areas) >= areas.get(finding.warning_id, set())  # nobody spoken to is left without a word
            areas[finding.warning_id] = set(finding.areas)
            if isinstance(finding, WarningRetracted | ClearIssued):
                has_ended.add(finding.warning_id)

    def teardown(self):
        """However it went, every alert has an end once its time is past."""
        self.desk.tick(10_000)
        alerted = {f.warning_id for f in self.desk.found if isinstance(f, WarningIssued)}
        ended_ids = {
            f.warning_id for f in self.desk.found if isinstance(f, WarningRetracted | ClearIssued | WarningExpired)
        }
        assert alerted <= ended_ids
        assert all(f.rule for f in self.desk.found if isinstance(f, ActRefused))
        assert self.desk.t >= T0 and S


TestOffice = Office.TestCase
TestOffice.settings = settings(
    max_examples=200, stateful_step_count=40, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
