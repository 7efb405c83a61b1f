"""Whatever was issued goes out once by every route or says why not; nothing else goes out at all."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from msgspec import structs
from tests.helpers.cap import MINUTE_NS, SENDER, SENT_NS, bulletin, following, texts
from tests.helpers.channels import FakeChannel
from tests.helpers.strategies import FINDINGS, INPUTS, messages

from bongsu.adapters import keys
from bongsu.adapters.channels.filedrop import FileDrop
from bongsu.adapters.channels.pack import pack, proven_mode
from bongsu.adapters.channels.parcel import Failed, Parcel
from bongsu.adapters.channels.proof import ISSUED, NotProven, is_proven_live, unproven
from bongsu.adapters.publish.cap.seal import receive
from bongsu.errors import BadInput
from bongsu.messages.bulletin import Bulletin, Reference
from bongsu.messages.issued import ClearIssued, WarningDrafted, WarningIssued, WarningRetracted, WarningRevised
from bongsu.run.outbox import Outbox, Route, Timing

S = 1_000_000_000
DOWN = Failed("down")


def issued(one: Bulletin | None = None, kind=None, **changes):
    one = one or bulletin()
    kinds = {"alert": WarningIssued, "cancel": WarningRetracted, "all_clear": ClearIssued}
    kind = kind or kinds.get(one.standing, WarningRevised)
    more = {"retraction": following("cancel", "withdrawn")} if kind in (WarningIssued, WarningDrafted) else {}
    return kind(
        **{
            "id": "7.0", "cause": 7, "warning_id": one.bulletin_id[:7], "event_id": "E000001", "valid_ns": one.sent_ns,
            "areas": ("aomori",), "reason": "", "bulletin": one, **more, **changes,
        }
    )  # fmt: skip


def plain(finding) -> Parcel:
    """A parcel without CAP: its bytes are the text of its bulletin."""
    one = finding.bulletin
    return Parcel(f"{one.mode}.kor-1.7.{one.bulletin_id}", one.mode, repr(one).encode())


class Desk:
    """An outbox with made-up channels and a clock that is turned by hand."""

    def __init__(self, *routes, mode="live", key_mode="live", render=plain, mode_of=lambda parcel: parcel.mode):
        self.now_ns = SENT_NS
        self.outbox = Outbox(
            mode, key_mode, [Route(tuple(channels)) for channels in routes], render, mode_of, lambda: self.now_ns
        )

    def tick(self, after_s: float = 0.0):
        self.now_ns += round(after_s * S)
        return [(said.kind, said.bulletin_id[7:], said.channel) for said in self.outbox.tick()]


def test_a_statement_goes_out_once_by_every_route():
    a, b = FakeChannel("a"), FakeChannel("b")
    desk = Desk([a], [b])
    desk.outbox.take(issued())
    assert sorted(desk.tick()) == [("handed", "-1", "a"), ("handed", "-1", "b")]
    desk.outbox.take(issued())
    assert [desk.tick(s) for s in (1, 10, 100)] == [[], [], []]
    assert (a.n_asked, b.n_asked, desk.outbox.waiting(), desk.outbox.trouble()) == (1, 1, [], [])


def test_without_a_receipt_by_the_deadline_the_same_id_again_and_the_next_channel():
    first, second = FakeChannel("first", answers=[DOWN] * 5), FakeChannel("second")
    desk = Desk([first, second])
    desk.outbox.take(issued())
    assert desk.tick() == [("failed", "-1", "first")]
    assert desk.tick(1) == []  # the same failure again is not news
    assert desk.outbox.trouble() == []
    assert desk.tick(4) == [("overdue", "-1", "first"), ("handed", "-1", "second")]
    assert first.n_asked == 3
    assert second.names == ["W000001-1"]
    assert desk.outbox.waiting() == []


def test_a_late_receipt_of_the_first_channel_closes_the_route():
    first, second = FakeChannel("first", answers=[DOWN]), FakeChannel("second", answers=[DOWN] * 9)
    desk = Desk([first, second])
    desk.outbox.take(issued())
    assert desk.tick() == [("failed", "-1", "first")]
    assert desk.tick(1) == [("handed", "-1", "first")]
    assert (second.n_asked, desk.outbox.waiting()) == (0, [])


def test_a_channel_that_refuses_for_good_is_left_for_the_next_at_once():
    first, second = FakeChannel("first", answers=[Failed("other bytes", is_final=True)]), FakeChannel("second")
    desk = Desk([first, second])
    desk.outbox.take(issued())
    assert desk.tick() == [("failed", "-1", "first"), ("handed", "-1", "second")]


def test_what_no_channel_takes_is_said_and_stays_red_until_it_is_replaced():
    only = FakeChannel("only", answers=[Failed("other bytes", is_final=True)])
    desk = Desk([only])
    desk.outbox.take(issued())
    assert desk.tick() == [("failed", "-1", "only"), ("undelivered", "-1", "only")]
    assert desk.outbox.trouble() == [("W000001-1", "only")]
    desk.outbox.take(issued(following("cancel", "withdrawn")))
    assert desk.tick() == [("handed", "-2", "only")]
    assert desk.outbox.trouble() == []


def test_a_fault_in_one_channel_does_not_silence_the_others():
    broken, good = FakeChannel("broken", answers=[RuntimeError("bug")] * 3), FakeChannel("good")
    desk = Desk([broken], [good])
    desk.outbox.take(issued())
    assert sorted(desk.tick()) == [("failed", "-1", "broken"), ("handed", "-1", "good")]


def test_channels_that_work_are_asked_before_those_in_trouble():
    order = []

    class Watched(FakeChannel):
        def hand_over(self, parcel, timeout_s):
            order.append(self.name)
            return super().hand_over(parcel, timeout_s)

    desk = Desk([Watched("bad", answers=[DOWN] * 9)], [Watched("good")])
    desk.outbox.take(issued())
    desk.tick()
    desk.outbox.take(issued(following("cancel", "withdrawn")))
    order.clear()
    desk.tick(1)
    assert order == ["good", "bad"]


def test_an_alert_that_was_held_up_never_arrives_after_its_retraction():
    down, up = FakeChannel("down", answers=[DOWN] * 3), FakeChannel("up")
    desk = Desk([down], [up])
    desk.outbox.take(issued())
    desk.tick()
    desk.outbox.take(issued(following("cancel", "withdrawn")))
    assert ("superseded", "-1", "down") in desk.tick(1)
    for _ in range(5):
        desk.tick(10)
    assert down.names == ["W000001-2"]
    assert up.names == ["W000001-1", "W000001-2"]


def test_the_statement_of_another_warning_replaces_nothing():
    down = FakeChannel("down", answers=[DOWN])
    desk = Desk([down])
    desk.outbox.take(issued())
    other = following(
        "update", "shelter", bulletin_id="W000002-2", references=(Reference(bulletin_id="W000002-1", sent_ns=SENT_NS),)
    )
    desk.outbox.take(issued(other))
    desk.tick()
    desk.tick(2)
    assert sorted(down.names) == ["W000001-1", "W000002-2"]


def test_a_statement_that_names_itself_a_later_one_or_another_warning_takes_nothing_out_of_the_way():
    a = FakeChannel("a")
    desk = Desk([a])
    for n, names in ((1, "W000001-1"), (2, "W000001-3"), (3, "W000002-1")):
        refs = (Reference(bulletin_id=names, sent_ns=SENT_NS),)
        desk.outbox.take(issued(following("update", "shelter", bulletin_id=f"W000001-{n}", references=refs)))
    assert {kind for kind, _, _ in desk.tick()} == {"handed"}
    assert sorted(a.names) == ["W000001-1", "W000001-2", "W000001-3"]


def test_what_is_over_is_not_sent_late_and_is_said():
    down = FakeChannel("down", answers=[DOWN] * 100)
    desk = Desk([down])
    desk.outbox.take(issued())
    desk.tick()
    assert ("expired", "-1", "down") in desk.tick(3_600)
    down.answers.clear()
    assert desk.tick(10) == []
    assert down.taken == []


def test_a_statement_that_is_old_when_it_comes_is_asked_again_and_a_retraction_is_not():
    a = FakeChannel("a")
    desk = Desk([a])
    desk.now_ns += 31 * S
    desk.outbox.take(issued())
    assert desk.tick() == [("held", "-1", "")]
    assert desk.tick(1) == []
    assert desk.outbox.waiting() == ["W000001-1"]
    desk.outbox.release("W000001-1")
    assert desk.tick() == [("handed", "-1", "a")]
    desk.now_ns += 10 * MINUTE_NS
    desk.outbox.take(issued(following("cancel", "withdrawn")))
    assert desk.tick() == [("handed", "-2", "a")]


def test_what_is_held_replaces_nothing_and_is_replaced_by_its_retraction():
    a = FakeChannel("a")
    desk = Desk([a])
    desk.now_ns += 5 * MINUTE_NS
    desk.outbox.take(issued())
    desk.tick()
    desk.outbox.take(issued(following("cancel", "withdrawn")))
    assert sorted(desk.tick()) == [("handed", "-2", "a"), ("superseded", "-1", "a")]
    desk.outbox.release("W000001-1")
    assert desk.tick(1) == []
    assert a.names == ["W000001-2"]


def test_after_a_restart_what_has_a_receipt_is_not_sent_again():
    a, b = FakeChannel("a"), FakeChannel("b")
    desk = Desk([a], [b])
    desk.outbox.take(issued())
    desk.outbox.was_handed("W000001-1", "a")
    desk.outbox.was_handed("W000009-1", "a")
    assert desk.tick() == [("handed", "-1", "b")]
    assert a.taken == []


def test_two_texts_under_one_id_are_not_both_sent():
    a = FakeChannel("a")
    desk = Desk([a])
    desk.outbox.take(issued())
    desk.outbox.take(issued(bulletin(family="shelter"), id="8.0"))
    assert sorted(desk.tick()) == [("handed", "-1", "a"), ("refused", "-1", "")]
    assert len(a.taken) == 1


def test_what_cannot_be_rendered_is_said_and_red():
    def broken(_):
        raise BadInput("x", "y", "z", "w")

    desk = Desk([FakeChannel("a")], render=broken)
    desk.outbox.take(issued())
    assert desk.tick() == [("refused", "-1", "")]
    assert desk.outbox.trouble() == [("W000001-1", "")]
    nobody = Desk()
    nobody.outbox.take(issued())
    assert nobody.tick() == [("undelivered", "-1", "")]


LIVE = {
    "finding": issued(), "manifest_mode": "live", "key_mode": "live", "sealed_mode": "live", "channel_mode": "live",
    "audience": ("residents",),
}  # fmt: skip


def test_all_conditions_together_are_live():
    assert is_proven_live(**LIVE)


@pytest.mark.parametrize("what", ["manifest_mode", "key_mode", "sealed_mode", "channel_mode"])
@pytest.mark.parametrize("mode", ["exercise", "replay", "test", "Live", "live ", "", None, 1, True, ("live",)])
def test_one_word_that_is_not_live_stops_it(what, mode):
    assert not is_proven_live(**{**LIVE, what: mode})


@pytest.mark.parametrize(
    "change",
    [
        {"finding": issued(bulletin(mode="exercise"))},
        {"finding": issued(kind=WarningDrafted)},
        {"finding": issued(id="")},
        {"finding": issued(structs.replace(bulletin(), areas=()))},
        {
            "finding": issued(
                structs.replace(bulletin(), areas=(structs.replace(bulletin().areas[0], polygons=(), geocodes=()),))
            )
        },
        {"finding": bulletin()},
        {"finding": None},
        {"audience": ()},
        {"audience": ("",)},
        {"audience": ("residents", " ")},
        {"audience": "residents"},
        {"audience": None},
    ],
)
def test_nothing_that_is_missing_is_taken_for_granted(change):
    assert not is_proven_live(**{**LIVE, **change})


def test_the_refusal_names_every_condition_that_failed():
    missing = unproven(
        "live", **{**LIVE, "finding": None, "key_mode": "test", "channel_mode": "exercise", "audience": ()}
    )
    said = str(NotProven("siren", "live", missing))
    for word in (
        "siren",
        "key says 'test'",
        "channel says 'exercise'",
        "bulletin says None",
        "no issued",
        "no audience",
        "no area",
    ):
        assert word in said
    assert "log says" not in said


def test_a_replay_is_never_proven_even_to_a_channel_for_replays():
    alike = dict.fromkeys(("manifest_mode", "key_mode", "sealed_mode", "channel_mode"), "replay")
    assert unproven("replay", **{**LIVE, **alike, "finding": issued(bulletin(mode="replay"))}) == (
        "mode 'replay' is never sent",
    )


CONDITIONS = ("log", "key", "seal", "channel", "bulletin", "audience", "areas", "recorded")


def offered(data, kind) -> tuple[set[str], bool]:
    """A message of one type, as live as it can be made but for some conditions; those, and whether a channel took it."""
    wrong = data.draw(st.sets(st.sampled_from(CONDITIONS), max_size=2))
    other = data.draw(st.sampled_from(("exercise", "replay", "test")))
    mode = {what: other if what in wrong else "live" for what in CONDITIONS}
    message = data.draw(messages(kind))
    if "id" in kind.__struct_fields__:
        message = structs.replace(message, id="" if "recorded" in wrong else "7.0")
    if "bulletin" in kind.__struct_fields__:
        areas = () if "areas" in wrong else bulletin().areas
        one = structs.replace(
            message.bulletin, areas=areas, mode=mode["bulletin"], sent_ns=SENT_NS, until_ns=SENT_NS + S
        )
        message = structs.replace(message, bulletin=one)
    sink = FakeChannel("sink", mode=mode["channel"], audience=() if "audience" in wrong else ("residents",))
    desk = Desk([sink], mode=mode["log"], key_mode=mode["key"], mode_of=lambda _: mode["seal"])
    desk.outbox.take(message)
    desk.tick()
    return wrong, bool(sink.taken)


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=60)
@pytest.mark.parametrize("kind", ISSUED, ids=lambda kind: kind.__name__)
@given(data=st.data())
def test_an_issued_finding_reaches_a_live_sink_only_from_a_live_log_with_a_live_key(kind, data):
    wrong, is_taken = offered(data, kind)
    assert is_taken == (not wrong)


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=5)
@pytest.mark.parametrize("kind", sorted({*INPUTS, *FINDINGS} - {*ISSUED}, key=lambda kind: kind.__name__))
@given(data=st.data())
def test_no_other_message_of_the_codec_reaches_any_sink(kind, data):
    _, is_taken = offered(data, kind)
    assert not is_taken


def test_the_issued_family_is_whole():
    """Every finding that carries a bulletin is issued, or known to be no statement yet."""
    carriers = {kind for kind in FINDINGS if "bulletin" in kind.__struct_fields__}
    assert carriers - {*ISSUED} == {WarningDrafted}
    assert {*ISSUED} <= carriers


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    found = tmp_path_factory.mktemp("keys")
    for mode in ("live", "exercise", "test"):
        keys.generate(found, mode, "kor-1", from_ns=SENT_NS)
    return found


@pytest.mark.parametrize("channel_mode", ["live", "exercise", "test"])
@pytest.mark.parametrize("key_mode", ["live", "exercise", "test"])
@pytest.mark.parametrize("bulletin_mode", ["live", "exercise", "test", "replay"])
@pytest.mark.parametrize("log_mode", ["live", "exercise", "test", "replay"])
def test_a_real_file_appears_only_where_log_bulletin_key_and_channel_are_of_one_mode(
    folder, tmp_path, log_mode, bulletin_mode, key_mode, channel_mode
):
    key = keys.load(folder / f"{key_mode}.kor-1.1.key", key_mode)
    ring = keys.ring(folder.glob("*.card"), channel_mode)
    desk = Desk(
        [FileDrop("drop", channel_mode, ("residents",), tmp_path)], mode=log_mode, key_mode=key.mode,
        render=lambda f: pack(f.bulletin, texts(f.bulletin.mode), SENDER, key, SENT_NS),
        mode_of=lambda parcel: proven_mode(parcel, ring, SENT_NS),
    )  # fmt: skip
    desk.outbox.take(issued(bulletin(mode=bulletin_mode)))
    desk.tick()
    files = list(tmp_path.iterdir())
    assert bool(files) == (log_mode == bulletin_mode == key_mode == channel_mode)
    for file in files:
        assert file.name == f"{channel_mode}.kor-1.7.W000001-1.cap"
        assert receive(file.read_bytes(), ring, SENT_NS).alert.status == {"live": "Actual"}.get(
            channel_mode, channel_mode.title()
        )


def test_a_parcel_that_is_another_message_than_its_name_says_is_not_sent(folder):
    key, ring = keys.load(folder / "live.kor-1.1.key", "live"), keys.ring(folder.glob("*.card"), "live")
    sink = FakeChannel("sink")
    desk = Desk(
        [sink], mode_of=lambda parcel: proven_mode(parcel, ring, SENT_NS),
        render=lambda _: structs_of(pack(bulletin(family="shelter"), texts(), SENDER, key, SENT_NS)),
    )  # fmt: skip
    desk.outbox.take(issued())
    assert desk.tick() == [("refused", "-1", "sink"), ("undelivered", "-1", "sink")]
    assert sink.taken == []


def structs_of(parcel: Parcel) -> Parcel:
    return Parcel("live.kor-1.7.W000001-9", parcel.mode, parcel.body)


class Traffic(RuleBasedStateMachine):
    """Warnings with updates and ends, channels that fail and come back, restarts: nothing is dropped, doubled or late."""

    def __init__(self):
        super().__init__()
        self.channels = [FakeChannel("a"), FakeChannel("b"), FakeChannel("c")]
        self.sent: list = []
        self.receipts: list[tuple[str, str]] = []
        self.said: list = []
        self.now_ns = SENT_NS
        self.restart()

    @rule()
    def restart(self):
        a, b, c = self.channels
        self.outbox = Outbox(
            "live", "live", [Route((a, b)), Route((c,))], plain, lambda p: p.mode, lambda: self.now_ns,
            Timing(stale_after_ns=10**18),
        )  # fmt: skip
        for finding in self.sent:
            self.outbox.take(finding)
        for receipt in self.receipts:
            self.outbox.was_handed(*receipt)

    @rule(family=st.sampled_from(["shelter", "shelter_now", "withdrawn"]))
    def issue(self, family):
        n = len(self.sent) + 1
        last = self.sent[-1].bulletin if self.sent else None
        opens = last is None or last.standing == "cancel"
        if opens and family == "withdrawn":
            return
        standing = "alert" if opens else "cancel" if family == "withdrawn" else "update"
        warning = int(last.bulletin_id[1:7]) + opens if last else 1
        one = bulletin(
            bulletin_id=f"W{warning:06d}-{n}", standing=standing, family=family, sent_ns=self.now_ns,
            until_ns=self.now_ns + 20 * MINUTE_NS, why="wrong_area" if standing == "cancel" else "",
            references=() if opens else (Reference(bulletin_id=last.bulletin_id, sent_ns=last.sent_ns),),
        )  # fmt: skip
        self.sent.append(issued(one))
        self.outbox.take(self.sent[-1])

    @rule(which=st.integers(0, 2), n=st.integers(1, 6))
    def breaks(self, which, n):
        self.channels[which].answers = [DOWN] * n

    @rule(after_s=st.sampled_from([0.1, 1.0, 5.0, 60.0]))
    def tick(self, after_s):
        self.now_ns += round(after_s * S)
        for said in self.outbox.tick():
            self.said.append(said)
            if said.kind == "handed":
                self.receipts.append((said.bulletin_id, said.channel))

    @precondition(lambda self: self.sent)
    @rule()
    def settle(self):
        """All channels work again: what is in force gets through on every route, at once."""
        for channel in self.channels:
            channel.answers.clear()
        for _ in range(3):
            self.tick(10.0)
        newest = self.sent[-1].bulletin
        if self.now_ns < newest.until_ns:
            assert newest.bulletin_id in self.channels[2].names
            assert newest.bulletin_id in self.channels[0].names + self.channels[1].names
            assert newest.bulletin_id not in self.outbox.waiting()

    @invariant()
    def none_is_doubled(self):
        for channel in self.channels:
            assert len(channel.names) == len(set(channel.names))

    @invariant()
    def none_is_late(self):
        """On one channel, the statements of a warning come in the order they were issued."""
        for channel in self.channels:
            last: dict[str, int] = {}
            for warning, _, number in (name.partition("-") for name in channel.names):
                assert last.get(warning, 0) < int(number)
                last[warning] = int(number)

    @invariant()
    def none_is_dropped_unsaid(self):
        """Every statement is waiting, or each of its routes has said how it ended."""
        ended = {(s.bulletin_id, s.channel) for s in self.said if s.kind in ("handed", "superseded", "expired")}
        for finding in self.sent:
            name = finding.bulletin.bulletin_id
            assert name in self.outbox.waiting() or (name, "c") in ended


TestTraffic = Traffic.TestCase
TestTraffic.settings = settings(max_examples=40, stateful_step_count=30)
