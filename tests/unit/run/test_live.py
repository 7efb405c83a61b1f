"""A live node under a clock that the test turns."""

import asyncio
import json

import pytest
from msgspec import structs
from tests.helpers.clock import TurnedClock
from tests.helpers.flights import SETTINGS, tables
from tests.helpers.records import T0_NS, radar_scan

from bongsu.constants import NS_PER_S
from bongsu.errors import BongsuError
from bongsu.log.reader import LogReader
from bongsu.messages import codec
from bongsu.messages.accounts import ReportRead
from bongsu.messages.inputs import OperatorAct, Report, Tick
from bongsu.run import live as lives
from bongsu.run.core import Sink, open_core
from bongsu.run.live import Live, serve


def line(scan):
    return codec.encode(scan) + b"\n"


class Client:
    """A sensor's end of the wire."""

    def __init__(self, reader, writer):
        self.reader, self.writer = reader, writer

    async def send(self, *lines):
        self.writer.writelines(lines)
        await self.writer.drain()

    async def answer(self):
        return json.loads(await self.reader.readline())

    async def close(self):
        self.writer.close()
        await self.writer.wait_closed()


def with_node(path, act, **options):
    """Run a node while `act(client, clock, core)` talks to it; returns the Live it was."""

    async def main():
        clock, stop, notes = TurnedClock(T0_NS), asyncio.Event(), []
        with open_core(path, SETTINGS, tables(), mode="test", **options) as core:
            node = asyncio.create_task(serve(core, clock, "127.0.0.1", 0, notes.append, stop))
            while not notes and not node.done():
                await asyncio.sleep(0.001)
            if node.done():
                node.result()
            port = int(notes[0].split("127.0.0.1:")[1].split()[0])
            client = Client(*await asyncio.open_connection("127.0.0.1", port))
            await act(client, clock, core)
            await client.close()
            stop.set()
            return await node

    return asyncio.run(main())


def test_each_scan_is_answered_with_its_number_and_is_in_the_log(tmp_path):
    async def act(client, clock, core):
        clock.turn_to(T0_NS + 5 * NS_PER_S)
        await client.send(line(radar_scan(1.0)), line(radar_scan(2.0)))
        first, second = await client.answer(), await client.answer()
        assert second["seq"] > first["seq"]

    with_node(tmp_path / "a.log", act)
    with LogReader(tmp_path / "a.log") as log:
        assert [r.message for r in log.inputs() if not isinstance(r.message, Tick)] == [
            radar_scan(1.0),
            radar_scan(2.0),
        ]


def test_nothing_is_acknowledged_before_it_is_committed(tmp_path):
    path = tmp_path / "a.log"

    async def act(client, clock, core):
        for second in range(20):
            clock.turn_to(T0_NS + second * NS_PER_S)
            await client.send(line(radar_scan(float(second))))
            seq = (await client.answer())["seq"]
            with LogReader(path) as log:
                assert log.last()[0] >= seq

    with_node(path, act)


def test_a_doubled_scan_is_acknowledged_with_its_first_number(tmp_path):
    async def act(client, clock, core):
        clock.turn_to(T0_NS + 5 * NS_PER_S)
        await client.send(line(radar_scan(1.0)), line(radar_scan(2.0)), line(radar_scan(1.0)))
        first, _, again = [await client.answer() for _ in range(3)]
        assert again == first

    assert with_node(tmp_path / "a.log", act).n_repeated == 1


def test_bad_lines_get_one_answer_each_and_good_ones_go_on(tmp_path):
    good = line(radar_scan(1.0))
    bad = {
        "not_a_scan": good.replace(b"301000.0", b"NaN"),
        "unknown_sensor": good.replace(b"north-radar", b"south-radar"),
        "future": line(radar_scan(90.0)),
        "line_too_long": b"x" * 1_100_000 + b"\n",
        "columns": line(structs.replace(radar_scan(1.0), range_m=())),
    }

    async def act(client, clock, core):
        clock.turn_to(T0_NS + 5 * NS_PER_S)
        for i, (reason, sent) in enumerate(bad.items()):
            await client.send(sent, line(radar_scan(float(i))))
            refused = await client.answer()
            assert refused["reason"] == reason
            assert refused["error"]
            assert "seq" in await client.answer()

    live = with_node(tmp_path / "a.log", act)
    assert dict(live.refused) == dict.fromkeys(bad, 1)
    with LogReader(tmp_path / "a.log") as log:
        assert log.refusal_counts() == dict.fromkeys(bad, 1)


def test_a_line_cut_off_by_the_end_of_a_connection_is_refused(tmp_path):
    async def act(client, clock, core):
        clock.turn_to(T0_NS + 5 * NS_PER_S)
        await client.send(line(radar_scan(1.0))[:-30])
        client.writer.write_eof()
        assert (await client.answer())["reason"] == "line_cut_off"

    with_node(tmp_path / "a.log", act)


def test_a_tick_enters_every_second_and_one_after_a_pause(tmp_path):
    async def act(client, clock, core):
        for second in (1, 2, 30, 31):
            clock.turn_to(T0_NS + second * NS_PER_S)
            await asyncio.sleep(0.03)

    with_node(tmp_path / "a.log", act)
    with LogReader(tmp_path / "a.log") as log:
        seconds = [(r.message.valid_ns - T0_NS) / NS_PER_S for r in log.inputs()]
    assert seconds == [1, 2, 30, 31]


def test_a_clock_set_back_does_not_turn_known_time_back(tmp_path):
    async def act(client, clock, core):
        clock.turn_to(T0_NS + 9 * NS_PER_S)
        await client.send(line(radar_scan(1.0)))
        await client.answer()
        clock.turn_to(T0_NS + 3 * NS_PER_S)
        await client.send(line(radar_scan(2.0)))
        await client.answer()

    with_node(tmp_path / "a.log", act)
    with LogReader(tmp_path / "a.log") as log:
        known = [record.known_ns for record in log.inputs()]
    assert known == sorted(known)


def test_an_act_is_committed_alone(tmp_path):
    with open_core(tmp_path / "a.log", SETTINGS, tables(), mode="test") as core:

        async def main():
            live = Live(core, TurnedClock(T0_NS))
            batches = []
            append = core.append
            core.append = lambda items: batches.append(len(items)) or append(items)
            for second in range(3):
                live.submit(radar_scan(float(second)))
            act = live.submit(OperatorAct(valid_ns=T0_NS, user="kim", verb="note"))
            live.submit(radar_scan(9.0))
            live.finish()
            assert act.result().seq == 4
            return batches

        assert asyncio.run(main()) == [3, 1, 1]


def test_a_taken_port_is_one_clear_line(tmp_path):
    async def main():
        taken = await asyncio.start_server(lambda r, w: None, "127.0.0.1", 0)
        port = taken.sockets[0].getsockname()[1]
        with open_core(tmp_path / "a.log", SETTINGS, tables(), mode="test") as core:
            try:
                await serve(core, TurnedClock(T0_NS), "127.0.0.1", port, lambda _: None, asyncio.Event())
            finally:
                taken.close()

    with pytest.raises(BongsuError, match="cannot listen"):
        asyncio.run(main())


def test_a_log_that_cannot_be_written_ends_the_node_without_an_acknowledgement(tmp_path):
    answered = []

    async def act(client, clock, core):
        def fail(items):
            raise BongsuError("disk full")

        core.append = fail
        await client.send(line(radar_scan(0.0)))
        answered.append(await client.reader.readline())

    with pytest.raises(BongsuError, match="disk full"):
        with_node(tmp_path / "a.log", act)
    assert answered in ([], [b""])


def test_a_peer_that_reads_nothing_is_cut_off_and_others_go_on(tmp_path, monkeypatch):
    monkeypatch.setattr(lives, "ANSWER_TIMEOUT_S", 0.05)
    closed = []

    async def act(client, clock, core):
        clock.turn_to(T0_NS + 5 * NS_PER_S)
        server = client.writer.get_extra_info("peername")
        deaf = Client(*await asyncio.open_connection(*server))
        deaf.writer.transport.pause_reading()
        junk = b"x\n" * 1_000  # every line is answered with some 150 bytes; the wire holds a few million
        for _ in range(400):
            if deaf.writer.transport.is_closing():
                break
            deaf.writer.write(junk)
            await asyncio.sleep(0.02)
        closed.append(deaf.writer.transport.is_closing())
        await client.send(line(radar_scan(1.0)))
        assert "seq" in await client.answer()
        deaf.writer.transport.abort()

    with_node(tmp_path / "a.log", act)
    assert closed == [True]


def test_sinks_hear_findings_of_a_live_node(tmp_path):
    heard = []

    async def act(client, clock, core):
        clock.turn_to(T0_NS + 5 * NS_PER_S)
        await client.send(line(radar_scan(1.0)))
        await client.answer()

    with_node(tmp_path / "a.log", act, sinks=[Sink(lambda seq, *_: heard.append(seq))])
    assert heard == sorted(heard)
    assert heard


def report(text="North Korea fired a missile on November 7, 2025, Seoul said.", text_id="a"):
    return Report(text_id=text_id, text=text, lang="en")


def test_a_report_is_answered_with_its_number_and_a_huge_one_is_cut_and_counted(tmp_path):
    async def act(client, clock, core):
        huge = json.dumps({"type": "report.v1", "text_id": "b", "text": "x" * 500_000}).encode() + b"\n"
        flood = json.dumps({"type": "report.v1", "text": "x" * 10_000_000}).encode() + b"\n"
        await client.send(line(report()), huge, flood, line(radar_scan(0.0)))
        answers = [await client.answer() for _ in range(4)]
        assert [a.get("reason") for a in answers] == [None, None, "line_too_long", None]

    live = with_node(tmp_path / "a.log", act)
    assert dict(live.refused) == {"line_too_long": 1}
    with LogReader(tmp_path / "a.log") as log:
        texts = [r.message for r in log.inputs() if isinstance(r.message, Report)]
        assert {type(f) for f in log.findings()} >= {ReportRead}
    assert [(t.text_id, len(t.text), t.n_chars_cut) for t in texts] == [
        ("a", len(report().text), 0),
        ("b", 16_000, 484_000),
    ]


def test_texts_enter_one_at_a_time_and_only_when_no_scan_waits(tmp_path):
    with open_core(tmp_path / "a.log", SETTINGS, tables(), mode="test") as core:

        async def main():
            live = Live(core, TurnedClock(T0_NS))
            batches = []
            append = core.append
            core.append = lambda items: batches.append([type(m).__name__ for _, m in items]) or append(items)
            for k in range(2):
                live.submit(report(text_id=f"t{k}"))
                live.submit(radar_scan(float(k)))
            live.finish()
            return batches

        assert asyncio.run(main()) == [["Scan", "Scan"], ["Report"], ["Report"]]


def test_more_texts_than_can_wait_are_refused_and_scans_are_not(tmp_path, monkeypatch):
    monkeypatch.setattr(lives, "MAX_TEXTS", 2)
    with open_core(tmp_path / "a.log", SETTINGS, tables(), mode="test") as core:

        async def main():
            live = Live(core, TurnedClock(T0_NS))
            taken = [live.take_line(line(report(text_id=f"t{k}"))) for k in range(4)]
            assert [isinstance(answer, asyncio.Future) for answer in taken] == [True, True, False, False]
            assert isinstance(live.take_line(line(radar_scan(0.0))), asyncio.Future)
            live.finish()
            return live

        assert dict(asyncio.run(main()).refused) == {"texts_waiting": 2}
