"""Campaigns: what is stored is used again exactly as long as nothing a flight passes through has changed."""

from pathlib import Path

from bongsu.log import manifest
from bongsu.run import campaign

PACKAGE = Path(manifest.__file__).parent.parent


def test_every_room_a_flight_passes_through_exists() -> None:
    for room in campaign.FLOWN:
        assert (PACKAGE / room).exists(), room


def test_every_stage_that_hears_scans_is_among_them() -> None:
    silent = {"read", "reconstruct", "reconcile", "watch", "decide"}  # hear reports, claims, signs and acts alone
    stages = {
        path.stem for path in (PACKAGE / "stages").iterdir() if path.stem.isidentifier() and path.stem != "__init__"
    }
    known = {Path(room).stem for room in campaign.FLOWN if room.startswith("stages/")}
    assert stages - silent - {"__pycache__"} == known


def test_the_hash_of_some_rooms_is_not_that_of_all() -> None:
    assert manifest.build(("kernels",)) == manifest.build(("kernels",))
    assert len({manifest.build(), manifest.build(("kernels",)), manifest.build(campaign.FLOWN)}) == 3
