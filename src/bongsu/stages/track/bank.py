"""The bank of tracks: a structure of arrays, one row a track, one slice a motion; sorted by number, hence by start."""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from bongsu.kernels.gaussian import N_STATE
from bongsu.kernels.motions import LEVEL, TURN, States
from bongsu.models.motion import KINDS

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

BENDS_MPS2 = np.array(
    (100.0, 50.0, 10.0, 30.0)
)  # bounds of their accelerations, for the coarse gate: thrust, drag, turns
N_MOTIONS = len(KINDS)
N_HISTORY = 32  # remembered probabilities of each track: enough to date a change of motion decided within a minute
NONE = -1  # no motion decided, no time known, no twin


@dataclass(frozen=True, slots=True)
class Bank:
    """All tracks; each field is an array with one row a track. Times in ns; NONE where there is none."""

    number: Ints  # n of the id T00000n
    t_ns: Ints  # of the state
    x: Floats  # (n, 4, 10)
    P: Floats  # (n, 4, 10, 10)
    p: Floats  # (n, 4) probabilities of the motions
    t_start_ns: Ints  # of the first plot
    t_plot_ns: Ints  # of the last plot
    t_look_ns: Ints  # of the last look that counted towards confirmation
    t_sensor_ns: Ints  # (n, sensors) of the last plot of each sensor
    own_plot: Floats  # (n, sensors, 3) that plot, as Plots.places has it; NaN where it is not known
    starter: Ints  # sensor that started it
    n_plots: Ints
    n_looks: Ints
    looks: Ints  # bits of the last looks, newest lowest: 1 seen, 0 missed
    is_confirmed: Bools
    motion: Ints  # last decided
    has_coasted: Bools
    t_coast_ns: Ints  # when the coast after the last burn was decided
    t_burn_ns: Ints  # start of the present or last burn
    history_t_ns: Ints  # (n, N_HISTORY), newest last
    history_p: Floats  # (n, N_HISTORY, 4)
    twin: Ints  # number of an older track that looks the same
    n_twin: Ints  # for how many updates it has

    @property
    def states(self) -> States:
        """The estimates, as kernels take them."""
        return States(self.x, self.P, self.p)


NAMES = tuple(f.name for f in fields(Bank))


def class_p(p: Floats) -> Floats:
    """Probabilities of powered, coast and level (n, 3): cruising and turning are one to the outside."""
    out = p[..., :3].copy()
    out[..., LEVEL] += p[..., TURN]
    return out


def empty_bank(n_sensors: int) -> Bank:
    """A bank without tracks."""
    return blank_bank(0, n_sensors)


def blank_bank(n: int, n_sensors: int) -> Bank:
    """n rows of zeros, with NONE where nothing is known yet."""
    return Bank(
        number=np.zeros(n, np.int64), t_ns=np.zeros(n, np.int64), x=np.zeros((n, N_MOTIONS, N_STATE)),
        P=np.zeros((n, N_MOTIONS, N_STATE, N_STATE)), p=np.zeros((n, N_MOTIONS)), t_start_ns=np.zeros(n, np.int64),
        t_plot_ns=np.zeros(n, np.int64), t_look_ns=np.zeros(n, np.int64),
        t_sensor_ns=np.full((n, n_sensors), NONE, np.int64),
        own_plot=np.full((n, n_sensors, 3), np.nan), starter=np.zeros(n, np.int64),
        n_plots=np.zeros(n, np.int64), n_looks=np.zeros(n, np.int64), looks=np.zeros(n, np.int64),
        is_confirmed=np.zeros(n, np.bool_), motion=np.full(n, NONE, np.int64), has_coasted=np.zeros(n, np.bool_),
        t_coast_ns=np.full(n, NONE, np.int64),
        t_burn_ns=np.full(n, NONE, np.int64), history_t_ns=np.full((n, N_HISTORY), NONE, np.int64),
        history_p=np.zeros((n, N_HISTORY, N_MOTIONS)), twin=np.full(n, NONE, np.int64), n_twin=np.zeros(n, np.int64),
    )  # fmt: skip


def copied(bank: Bank) -> Bank:
    """A bank of the same values that may be changed in place."""
    return Bank(*(getattr(bank, name).copy() for name in NAMES))


def rows(bank: Bank, keep: Bools | Ints) -> Bank:
    """The tracks that `keep` picks, by truth or by index."""
    return Bank(*(getattr(bank, name)[keep] for name in NAMES))


def joined(bank: Bank, more: Bank) -> Bank:
    """Both banks as one."""
    return Bank(*(np.concatenate((getattr(bank, name), getattr(more, name))) for name in NAMES))


def remember(bank: Bank, tracks: Ints) -> None:
    """Push the present probabilities of some tracks into their histories, in place."""
    bank.history_t_ns[tracks, :-1] = bank.history_t_ns[tracks, 1:]
    bank.history_t_ns[tracks, -1] = bank.t_ns[tracks]
    bank.history_p[tracks, :-1] = bank.history_p[tracks, 1:]
    bank.history_p[tracks, -1] = bank.p[tracks]


def track_ids(bank: Bank) -> list[str]:
    """The ids of all tracks."""
    return [f"T{number:06d}" for number in bank.number.tolist()]
