"""With a screen it rings once and takes an acknowledgement; without one it writes plain lines."""

import io
import os
import pty

import pytest
from msgspec import json
from rich.console import Console
from tests.helpers import synthetic as syn

from bongsu.console.keys import Keys
from bongsu.console.terminal import Terminal, show
from bongsu.log import manifest as manifests
from bongsu.log.writer import LogWriter
from bongsu.models.settings import Settings


class Pressed(Keys):
    """Somebody who pressed these keys once."""

    def __init__(self, keys):
        super().__init__(io.StringIO())
        self.keys = keys

    def pressed(self):
        found, self.keys = self.keys, ""
        return found


def watched(console, keys=None, **kinds):
    terminal = Terminal(console, keys=keys or Pressed(""))
    terminal.begin(syn.FRAME)
    for record in syn.records(**kinds):
        terminal.hear(*record)
    return terminal


def plain():
    return Console(file=io.StringIO(), force_terminal=False, width=80)


def screen():
    return Console(file=io.StringIO(), force_terminal=True, width=80, height=24, color_system=None)


def test_without_a_terminal_there_are_no_control_codes_and_the_mode_is_first_and_last():
    console = plain()
    terminal = watched(console)
    terminal.settle()
    terminal.close(["done"])
    written = console.file.getvalue()
    assert "\x1b" not in written and "\x07" not in written
    assert written.startswith("EXERCISE") and written.strip().split("\n")[-1].startswith("EXERCISE")


def test_a_proposal_rings_once_however_often_it_changes():
    console = screen()
    terminal = watched(console)
    terminal.settle()
    assert console.file.getvalue().count("\x07") == 1


def test_without_a_proposal_nothing_rings():
    console = screen()
    watched(console, with_warning=False).settle()
    assert "\x07" not in console.file.getvalue()


def test_the_key_acknowledges_the_open_warning_once():
    terminal = watched(screen())
    terminal._keys.keys = "xA"
    terminal.rest(0.0)
    assert terminal.acknowledged() == syn.WARNING
    assert terminal.acknowledged() == ""
    terminal.settle()


def test_the_key_does_nothing_while_no_warning_is_open():
    terminal = watched(screen(), with_warning=False)
    terminal._keys.keys = "a"
    terminal.rest(0.0)
    assert terminal.acknowledged() == ""
    terminal.settle()


def test_an_error_gives_the_terminal_back():
    console = screen()
    with pytest.raises(ValueError, match="boom"), Terminal(console, keys=Pressed("")) as terminal:
        terminal.begin(syn.FRAME)
        raise ValueError("boom")
    assert console.file.getvalue().endswith("\x1b[?25h\x1b[?1049l")  # cursor shown, normal screen


def test_the_last_screen_stays_after_the_view_ends():
    console = screen()
    terminal = watched(console)
    terminal.settle()
    after = console.file.getvalue().rpartition("\x1b[?1049l")[2]  # what follows the return to the normal screen
    assert "LAUNCH CONFIRMED" in after


def test_keys_are_read_from_a_terminal_without_waiting_for_a_line():
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "r") as stream, Keys(stream) as keys:
        assert keys.pressed() == ""
        os.write(ours, b"a")
        assert keys.pressed() == "a"
    os.close(ours)


def test_without_a_keyboard_nobody_ever_pressed_anything():
    with Keys(io.StringIO("a")) as keys:
        assert keys.pressed() == ""


def test_a_log_is_shown_again_at_the_pace_it_is_asked_for(tmp_path):
    settings = json.encode(Settings(sensors=syn.FRAME.sensors))
    manifest = manifests.describe(mode="test", node="laptop", nation="kor", settings=settings, tables_digest="none")
    path = tmp_path / "flight.bongsu"
    with LogWriter.create(path, manifest) as writer:
        for seq, known_ns, message, findings in syn.records():
            writer.append([(known_ns, message)])
            writer.store([(seq, findings)])
    rested_s, console = [], plain()
    a = show(path, speed=10.0, terminal=Terminal(console, keys=Pressed("")), sleep=rested_s.append)
    assert a.event.state == "confirmed" and a.impact.zones
    assert sum(rested_s) == pytest.approx((a.now_ns - a.first_ns) / 1e9 / 10.0)
    written = console.file.getvalue()
    assert (
        written.startswith("TEST")
        and "LAUNCH CONFIRMED" in written
        and written.strip().split("\n")[-1].startswith("TEST")
    )
