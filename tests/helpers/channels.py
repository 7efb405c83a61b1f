"""Channels made up for tests, and a small server to be spoken to."""

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from bongsu.adapters.channels.parcel import Failed, Parcel, Taken


@dataclass
class FakeChannel:
    """Takes what it is handed once a name; before that it answers what `answers` holds."""

    name: str = "fake"
    mode: str = "live"
    audience: tuple[str, ...] = ("residents",)
    answers: list[Taken | Failed | Exception] = field(default_factory=list)
    taken: list[Parcel] = field(default_factory=list)
    n_asked: int = 0

    def hand_over(self, parcel: Parcel, timeout_s: float) -> Taken | Failed:
        self.n_asked += 1
        if self.answers:
            answer = self.answers.pop(0)
            if isinstance(answer, Exception):
                raise answer
            if isinstance(answer, Failed):
                return answer
        if parcel in self.taken:
            return Taken("again", is_repeat=True)
        self.taken.append(parcel)
        return Taken("here")

    @property
    def names(self) -> list[str]:
        """Bulletins it has."""
        return [parcel.name.rpartition(".")[2] for parcel in self.taken]


def _request(conn: socket.socket) -> bytes:
    got = b""
    while b"\r\n\r\n" not in got:
        got += conn.recv(65_536)
    head, _, body = got.partition(b"\r\n\r\n")
    n = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
    while len(body) < n:
        body += conn.recv(65_536)
    return head + b"\r\n\r\n" + body


@contextlib.contextmanager
def server(
    answer: Callable[[socket.socket], None], tls: ssl.SSLContext | None = None
) -> Iterator[tuple[int, list[bytes]]]:
    """A port of this machine, and the requests that came to it; `answer` writes to each connection."""
    requests: list[bytes] = []
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                conn, _ = listener.accept()
            except OSError:
                return
            with contextlib.suppress(OSError), conn, tls.wrap_socket(conn, server_side=True) if tls else conn as spoken:
                requests.append(_request(spoken))
                answer(spoken)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1], requests
    finally:
        with contextlib.suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(5)
