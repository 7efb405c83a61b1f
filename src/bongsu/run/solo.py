"""What one sensor alone would have said: the same chain folded again over the scans of that sensor in a log."""

from pathlib import Path

from msgspec import UNSET, structs

from bongsu.adapters.publish.account import Account, Frame, SoloFigure
from bongsu.adapters.publish.gather import Gathered
from bongsu.geo.tables import Tables
from bongsu.log.reader import LogReader
from bongsu.messages.inputs import OperatorAct, Scan
from bongsu.run.core import Fold, settings_from


def alone(path: Path, sensor_id: str, tables: Tables) -> SoloFigure:
    """Fold a log as if only one sensor had ever spoken: its scans and the clock, nothing else."""
    with LogReader(path) as log:
        fold = Fold(settings_from(log.manifest), tables)
        heard = Gathered(Frame(mode=log.manifest.mode, node=log.manifest.node))
        for record in log.inputs():
            message = record.message
            if isinstance(message, OperatorAct) or (isinstance(message, Scan) and message.sensor_id != sensor_id):
                continue
            heard.take(record.seq, record.known_ns, message, fold.step(record.seq, record.known_ns, message))
    return _figure(sensor_id, heard.account(is_whole=True))


def _figure(sensor_id: str, a: Account) -> SoloFigure:
    """The figures of the main track that this sensor made, as far as its chain reached them."""
    main = [p for p in a.paths if a.track is not UNSET and p.track_id == a.track.track_id]
    found = SoloFigure(sensor_id=sensor_id, flight=a.flight, apogee=a.apogee, impact=a.impact)
    if not main:
        return found
    path = main[0]
    return structs.replace(
        found, first_ns=path.t_ns[0], last_ns=path.t_ns[-1], first_h_m=path.h_m[0], last_h_m=path.h_m[-1],
        top_h_m=max(path.h_m),
    )  # fmt: skip
