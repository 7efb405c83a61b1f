"""A file is there whole or not at all, once, and never replaced."""

import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bongsu.adapters.channels import filedrop
from bongsu.adapters.channels.filedrop import FileDrop
from bongsu.adapters.channels.parcel import Failed, Parcel, Taken

PARCEL = Parcel("live.kor-1.7.W000001-1", "live", b"<alert/>")


@pytest.fixture
def drop(tmp_path):
    return FileDrop("drop", "live", ("residents",), tmp_path)


def test_a_statement_is_a_file_of_its_name(drop, tmp_path):
    assert drop.hand_over(PARCEL, 1.0) == Taken(str(tmp_path / "live.kor-1.7.W000001-1.cap"))
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("live.kor-1.7.W000001-1.cap", b"<alert/>")]


def test_a_resend_doubles_nothing_and_other_bytes_change_nothing(drop, tmp_path):
    drop.hand_over(PARCEL, 1.0)
    again = drop.hand_over(PARCEL, 1.0)
    assert isinstance(again, Taken)
    assert again.is_repeat
    for body in (b"<other/>", b"", PARCEL.body + b"\n"):
        other = drop.hand_over(Parcel(PARCEL.name, "live", body), 1.0)
        assert isinstance(other, Failed)
        assert other.is_final
    assert [p.read_bytes() for p in tmp_path.iterdir()] == [b"<alert/>"]


@pytest.mark.parametrize(
    "parcel",
    [
        Parcel("exercise.kor-1.7.W000001-1", "exercise", b"x"),
        Parcel("live.kor-1.7.W000001-1", "exercise", b"x"),
        Parcel("exercise.kor-1.7.W000001-1", "live", b"x"),
        Parcel("live./../../x", "live", b"x"),
        Parcel("live.", "live", b"x"),
        Parcel("W000001-1", "live", b"x"),
        Parcel("live.a\n", "live", b"x"),
    ],
)
def test_what_is_of_another_mode_or_no_name_never_becomes_a_file(drop, tmp_path, parcel):
    answer = drop.hand_over(parcel, 1.0)
    assert isinstance(answer, Failed)
    assert answer.is_final
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_gone_is_a_failure_to_be_tried_again(drop, tmp_path):
    tmp_path.rmdir()
    assert drop.hand_over(PARCEL, 1.0) == Failed(f"{tmp_path}/{PARCEL.name}.cap: No such file or directory")
    tmp_path.mkdir()
    assert isinstance(drop.hand_over(PARCEL, 1.0), Taken)


def test_what_a_crash_left_half_written_is_written_anew(drop, tmp_path):
    (tmp_path / f".{PARCEL.name}.cap.part").write_bytes(b"<al")
    assert isinstance(drop.hand_over(PARCEL, 1.0), Taken)
    assert [p.name for p in tmp_path.iterdir()] == [f"{PARCEL.name}.cap"]


def test_a_full_disk_leaves_nothing_behind_under_the_name(drop, tmp_path, monkeypatch):
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(filedrop.os, "fsync", full)
        assert isinstance(drop.hand_over(PARCEL, 1.0), Failed)
    assert not (tmp_path / f"{PARCEL.name}.cap").exists()
    assert isinstance(drop.hand_over(PARCEL, 1.0), Taken)


def test_without_hard_links_it_is_renamed(drop, tmp_path, monkeypatch):
    def none(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(filedrop.os, "link", none)
    assert isinstance(drop.hand_over(PARCEL, 1.0), Taken)
    assert [p.name for p in tmp_path.iterdir()] == [f"{PARCEL.name}.cap"]


def test_a_link_or_a_pipe_under_the_name_is_not_followed(drop, tmp_path):
    target = tmp_path / "elsewhere"
    (tmp_path / f"{PARCEL.name}.cap").symlink_to(target)
    assert isinstance(drop.hand_over(PARCEL, 1.0), Failed)
    assert not target.exists()
    (tmp_path / f"{PARCEL.name}.cap").unlink()
    os.mkfifo(tmp_path / f"{PARCEL.name}.cap")
    assert isinstance(drop.hand_over(PARCEL, 1.0), Failed)


@given(name=st.text(max_size=20), mode=st.sampled_from(["live", "exercise", "replay", ""]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_name_and_no_mode_leave_the_folder(drop, tmp_path, name, mode):
    before = {p.name for p in tmp_path.parent.iterdir()}
    drop.hand_over(Parcel(name, mode, b"x"), 1.0)
    assert {p.name for p in tmp_path.parent.iterdir()} == before
    assert all(p.name.startswith("live.") for p in tmp_path.iterdir())
