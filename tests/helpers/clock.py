"""A clock that stands still until a test turns it."""

import asyncio


class TurnedClock:
    """Implements `run.times.Clock`."""

    def __init__(self, now_ns: int) -> None:
        self._now_ns = now_ns
        self._turned = asyncio.Event()

    def now_ns(self) -> int:
        return self._now_ns

    def turn_to(self, now_ns: int) -> None:
        self._now_ns = now_ns
        turned, self._turned = self._turned, asyncio.Event()
        turned.set()

    async def sleep_until(self, when_ns: int) -> None:
        while self._now_ns < when_ns:
            await self._turned.wait()
