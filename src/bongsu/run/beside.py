"""What runs beside a live node: the desk that takes acts, and the outbox that hands over what was issued."""

from bongsu.run.config import NodeFile
from bongsu.run.core import Core, Sink
from bongsu.run.desk import Desk
from bongsu.run.live import Beside, Live, Note
from bongsu.run.times import Clock


def beside(file: NodeFile, core: Core, clock: Clock, note: Note) -> list[Beside]:
    """One job for each thing the node's file asks for."""
    found: list[Beside] = []
    if file.acts is not None:
        found.append(_desk(core, clock, note, *file.acts))
    return found


def _desk(core: Core, clock: Clock, note: Note, host: str, port: int) -> Beside:
    desk = Desk(core, clock, note)
    core.listen(Sink(desk.hear, after=core.log.seq))

    async def job(live: Live) -> None:
        await desk.run(live, host, port)

    return job
