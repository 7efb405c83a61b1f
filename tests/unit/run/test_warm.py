"""The warm-up flight meets every stage, so that nothing is left to compile when scans arrive."""

import pytest

from bongsu.kernels import reconstruct, sightlines
from bongsu.run import warm
from bongsu.run.tables import load_tables


def test_a_cold_start_folds_the_whole_warm_up_flight(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warm, "is_cold", lambda: True)
    assert warm.warm(load_tables()) > 300
    assert sightlines.fit_path.signatures  # two cameras took part
    assert reconstruct.carried_falls.signatures  # and a report


def test_a_warm_start_folds_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warm, "is_cold", lambda: False)
    assert warm.warm(load_tables()) == 0
