"""The door for acts at a live node: a socket of its own, one request and one answer a connection, a password each time.

Sensors never reach it. A password is checked beside the loop, for that takes a tenth of a second by intention; the act then goes
through the log like any input, and is answered with what came of it.
"""

import asyncio
import contextlib
from collections.abc import Sequence
from typing import Final

import msgspec

from bongsu.errors import BadInput, BongsuError
from bongsu.messages.base import Finding
from bongsu.messages.inputs import AnyInput, OperatorAct
from bongsu.run import act
from bongsu.run.act import Answer, Request
from bongsu.run.core import Core
from bongsu.run.live import Live, Note
from bongsu.run.times import Clock

MAX_KEPT: Final = 100  # answers nobody fetched
READ_S: Final = 10.0
MAX_AT_ONCE: Final = 4  # passwords being checked; others wait


class Desk:
    """Takes requests, submits acts, and gives each the findings it came to."""

    def __init__(self, core: Core, clock: Clock, note: Note = lambda _: None) -> None:
        self._core, self._clock, self._note = core, clock, note
        self._heard: dict[int, tuple[Finding, ...]] = {}
        self._wanted: dict[int, asyncio.Future[tuple[Finding, ...]]] = {}
        self._doors = asyncio.Semaphore(MAX_AT_ONCE)
        self._live: Live | None = None

    def hear(self, seq: int, known_ns: int, message: AnyInput, findings: Sequence[Finding]) -> None:
        """As a sink of the core: keep what an act came to until it is fetched."""
        if not isinstance(message, OperatorAct):
            return
        waiting = self._wanted.pop(seq, None)
        if waiting is not None and not waiting.done():
            waiting.set_result(tuple(findings))
            return
        self._heard[seq] = tuple(findings)
        while len(self._heard) > MAX_KEPT:
            self._heard.pop(next(iter(self._heard)))

    async def run(self, live: Live, host: str, port: int) -> None:
        """Listen beside a live node until cancelled. Raises BongsuError where that cannot be."""
        self._live = live
        try:
            server = await asyncio.start_server(self.serve, host, port, limit=act.MAX_LINE)
        except OSError as error:
            why = f"cannot listen there for acts ({error.strerror})"
            raise BongsuError(f"{host}:{port}: {why}. Set another in [node] acts.") from error
        where = server.sockets[0].getsockname()
        self._note(f"acts are taken at {where[0]}:{where[1]}")
        async with server:
            await server.serve_forever()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One request, one answer."""
        try:
            async with asyncio.timeout(READ_S):
                line = await reader.readline()
            writer.write(msgspec.json.encode(await self.answered(line)) + b"\n")
            await writer.drain()
        except (TimeoutError, ConnectionError, ValueError):
            self._note("a request for an act was cut off or too long; it was not taken")
        finally:
            writer.close()
            with contextlib.suppress(ConnectionError):
                await writer.wait_closed()

    async def answered(self, line: bytes) -> Answer:
        """The answer to one line. Whatever it is, the node goes on."""
        try:
            request = msgspec.json.decode(line, type=Request)
            wanted = act.act_of(request, self._clock.now_ns())
        except (msgspec.DecodeError, msgspec.ValidationError, BadInput) as error:
            return Answer(is_done=False, line=f"found {error}; expected one request for an act", rule="no_request")
        async with self._doors:
            is_known = await asyncio.to_thread(act.is_known, self._core.settings.users, request.user, request.password)
        if not is_known:
            self._note(f"an act of {request.user!r} was not taken: not known, or another password")
            return act.NOT_KNOWN
        early = act.unwritable(self._core, wanted)
        if early is not None:
            return early
        if request.is_preview:
            return act.answer_of(self._core.preview(wanted))
        return act.answer_of(await self._recorded(wanted))

    async def _recorded(self, wanted: OperatorAct) -> tuple[Finding, ...]:
        assert self._live is not None
        seq = (await self._live.submit(wanted)).seq
        if seq in self._heard:
            return self._heard.pop(seq)
        waiting: asyncio.Future[tuple[Finding, ...]] = asyncio.get_running_loop().create_future()
        self._wanted[seq] = waiting
        return await waiting
