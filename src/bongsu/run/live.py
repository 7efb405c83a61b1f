"""A live node: scans and texts come in as lines over TCP, go into the log, are acknowledged, stepped, published, in that order.

One loop drives the core; connections only read lines and write answers. Scans are committed together (within 5 ms or
100 rows), an operator's act alone. A tick enters every second of the clock that is handed in. Reading a text and what follows
takes up to seconds, so texts wait apart and enter one at a time, only when nothing else waits.
"""

import asyncio
import contextlib
import signal
from collections import Counter
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from bongsu.constants import NS_PER_S
from bongsu.errors import BongsuError
from bongsu.log.writer import MAX_RAW, MAX_REFUSALS, Appended, Refusal
from bongsu.messages.inputs import AnyInput, Notice, OperatorAct, Report, Tick
from bongsu.run.border import Lines, Refused, is_sign, is_text, scan_of, sign_of, text_of
from bongsu.run.core import Core
from bongsu.run.times import Clock

GROUP_S = 0.005  # how long a commit waits for company
GROUP_ROWS = 100
MAX_WAITING = 10_000  # inputs not yet committed; beyond it connections are read no further
MAX_TEXTS = 100  # reports and notices not yet committed; beyond it they are refused, to be sent again
MAX_ANSWERS = 1_000  # answers one connection may leave unread before it is read no further
CHUNK_BYTES = 4_096  # read at once; others get their turn after each
CLOSE_S = 0.5  # for the last answers to leave a connection that is being closed
ANSWER_TIMEOUT_S = 10.0  # a peer that reads nothing for so long is cut off

Note = Callable[[str], None]
Beside = Callable[["Live"], Coroutine[Any, Any, None]]
Answer = bytes | asyncio.Future[Appended]


@dataclass(slots=True)
class _Waiting:
    """An input on its way into the log, and who waits for its number."""

    known_ns: int
    message: AnyInput
    done: asyncio.Future[Appended]


class Live:
    """The feeder of a live core: what has come in and is not yet committed, and what was refused."""

    def __init__(self, core: Core, clock: Clock, note: Note = lambda _: None) -> None:
        self._core, self._clock, self._note = core, clock, note
        self._sensors = {sensor.sensor_id: sensor for sensor in core.settings.sensors}
        self._waiting: list[_Waiting] = []
        self._texts: list[_Waiting] = []
        self._has_input = asyncio.Event()
        self._refusals: list[Refusal] = []
        self._connections: list[asyncio.Task[None]] = []
        self.n_repeated = 0
        self.refused: Counter[str] = Counter()

    def submit(self, message: AnyInput) -> asyncio.Future[Appended]:
        """Queue one input; the future is done once it is committed."""
        done: asyncio.Future[Appended] = asyncio.get_running_loop().create_future()
        queue = self._texts if isinstance(message, Report | Notice) else self._waiting
        queue.append(_Waiting(self._clock.now_ns(), message, done))
        self._has_input.set()
        return done

    def take_line(self, line: bytes) -> Answer:
        """What one line is answered with: its number once committed, or at once the reason it is not taken."""
        try:
            if is_text(line):
                return self._take_text(line)
            if is_sign(line):
                return self.submit(sign_of(line, self._clock.now_ns()))
            return self.submit(scan_of(line, self._sensors, self._clock.now_ns()))
        except Refused as error:
            return self.refuse(error, line)

    def _take_text(self, line: bytes) -> Answer:
        if len(self._texts) >= MAX_TEXTS:
            raise Refused("texts_waiting", f"{MAX_TEXTS} texts wait already; keep this one and send it again")
        return self.submit(text_of(line, self._clock.now_ns()))

    def refuse(self, error: Refused, raw: bytes) -> bytes:
        """Count and keep a line that is not taken; returns the answer to it."""
        self.refused[error.reason] += 1
        self._refusals.append(Refusal(self._clock.now_ns(), error.reason, str(error), raw[:MAX_RAW]))
        if len(self._refusals) >= MAX_REFUSALS:
            self._keep_refusals()
        return msgspec.json.encode({"error": str(error), "reason": error.reason})

    async def drive(self) -> None:
        """Commit, acknowledge and step whatever comes in, until cancelled."""
        while True:
            await self._has_input.wait()
            if len(self._waiting) < GROUP_ROWS:
                await asyncio.sleep(GROUP_S)  # and whoever has a scan gets a turn before a text is taken
            self._commit()
            await asyncio.sleep(0)  # the acknowledgements go out before the step takes its time
            self._core.advance()
            if self._refusals:
                self._keep_refusals()

    def finish(self) -> None:
        """Commit and step all that is still waiting."""
        while self._waiting or self._texts:
            self._commit()
        self._core.advance()
        self._keep_refusals()

    def _keep_refusals(self) -> None:
        """Write refusals together: a flood of bad lines must not slow the good ones."""
        refusals, self._refusals = self._refusals, []
        try:
            self._core.log.refuse(refusals)
        except BongsuError as full:  # a refusal that cannot be kept must not stop what can be taken
            self._note(str(full))

    def _commit(self) -> None:
        """Commit one batch and release its acknowledgements."""
        batch = self._next_batch()
        if not self._waiting and not self._texts:
            self._has_input.clear()
        appended = self._core.append([(item.known_ns, item.message) for item in batch])
        for item, found in zip(batch, appended, strict=True):
            self.n_repeated += not found.is_new and not isinstance(item.message, Tick)
            if not item.done.cancelled():
                item.done.set_result(found)

    def _next_batch(self) -> list[_Waiting]:
        """The oldest waiting inputs: as many as go together, or one operator's act alone; where nothing else waits, one text.

        A text is known from when it enters: known time must not turn back.
        """
        if not self._waiting and self._texts:
            text = self._texts.pop(0)
            text.known_ns = self._clock.now_ns()
            return [text]
        n = 0
        while n < min(GROUP_ROWS, len(self._waiting)) and not isinstance(self._waiting[n].message, OperatorAct):
            n += 1
        n = max(n, min(1, len(self._waiting)))
        batch, self._waiting = self._waiting[:n], self._waiting[n:]
        return batch

    async def tick(self) -> None:
        """Enter a tick at every whole second of the clock; after a pause one, not all that were missed."""
        while True:
            next_ns = (self._clock.now_ns() // NS_PER_S + 1) * NS_PER_S
            await self._clock.sleep_until(next_ns)
            self.submit(Tick(valid_ns=self._clock.now_ns() // NS_PER_S * NS_PER_S))

    def welcome(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection beside the others."""
        task = asyncio.create_task(self._serve_one(reader, writer))
        self._connections.append(task)
        task.add_done_callback(self._connections.remove)

    async def part(self) -> None:
        """Let the last answers out, then close every connection."""
        await asyncio.sleep(GROUP_S)
        connections = [*self._connections]
        for task in connections:
            task.cancel()
        await asyncio.gather(*connections, return_exceptions=True)

    async def _serve_one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection: read lines, answer each in its turn."""
        answers: asyncio.Queue[Answer | None] = asyncio.Queue(MAX_ANSWERS)
        answering = asyncio.create_task(_answer(answers, writer))
        reading = asyncio.create_task(self._read(reader, answers))
        try:
            await asyncio.wait((reading, answering), return_when=asyncio.FIRST_COMPLETED)
            if not answering.done():
                await answers.put(None)
            await answering
        except (ConnectionError, TimeoutError):
            self._note("a connection was lost or read no answers; it was closed")
            writer.transport.abort()
        finally:
            for task in (reading, answering):
                task.cancel()
            await asyncio.gather(reading, answering, return_exceptions=True)
            writer.close()
            with contextlib.suppress(ConnectionError, TimeoutError):
                async with asyncio.timeout(CLOSE_S):
                    await writer.wait_closed()
            writer.transport.abort()

    async def _read(self, reader: asyncio.StreamReader, answers: asyncio.Queue[Answer | None]) -> None:
        lines = Lines()
        with contextlib.suppress(ConnectionError):
            while chunk := await reader.read(CHUNK_BYTES):
                for line in lines.feed(chunk):
                    answer = self.refuse(line, b"") if isinstance(line, Refused) else self.take_line(line)
                    await answers.put(answer)
                await asyncio.sleep(0)
                while len(self._waiting) >= MAX_WAITING:
                    await asyncio.sleep(GROUP_S)
        if rest := lines.end():
            error = Refused(
                "line_cut_off", f"a line of {len(rest)} bytes without a line break at its end; send it again"
            )
            await answers.put(self.refuse(error, rest))


async def _answer(answers: asyncio.Queue[Answer | None], writer: asyncio.StreamWriter) -> None:
    """Write answers in the order of their lines."""
    while (answer := await answers.get()) is not None:
        if isinstance(answer, asyncio.Future):
            answer = msgspec.json.encode({"seq": (await answer).seq})
        writer.write(answer + b"\n")
        async with asyncio.timeout(ANSWER_TIMEOUT_S):
            await writer.drain()


async def serve(
    core: Core, clock: Clock, host: str, port: int, note: Note, stop: asyncio.Event, beside: Sequence[Beside] = ()
) -> Live:
    """Run a live node until `stop` is set, or something of it fails, with others `beside` it (the desk, the outbox).

    Raises BongsuError where it cannot go on.
    """
    live = Live(core, clock, note)
    try:
        server = await asyncio.start_server(live.welcome, host, port)
    except OSError as error:
        raise BongsuError(
            f"{host}:{port}: cannot listen there ({error.strerror}). "
            f"Stop what uses the port, or set another in [node] listen."
        ) from error
    where = server.sockets[0].getsockname()
    note(
        f"{core.settings.node} ({core.log.manifest.mode}) listens on {where[0]}:{where[1]} after record {core.log.seq}"
    )
    jobs = (live.drive(), live.tick(), *(each(live) for each in beside))
    work: list[asyncio.Task[Any]] = [asyncio.create_task(job) for job in jobs]
    stopping: asyncio.Task[Any] = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait((*work, stopping), return_when=asyncio.FIRST_COMPLETED)
        for job in work:
            if job.done():
                job.result()  # raises what ended it
    finally:
        server.close()
        for job in (*work, stopping):
            job.cancel()
        await asyncio.gather(*work, stopping, return_exceptions=True)
        if stop.is_set():
            live.finish()
        await live.part()
    return live


async def run_until_stopped(
    core: Core, clock: Clock, host: str, port: int, note: Note, beside: Sequence[Beside] = ()
) -> Live:
    """Serve until SIGTERM or SIGINT."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    return await serve(core, clock, host, port, note, stop, beside)
