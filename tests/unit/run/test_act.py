"""Acts of people in a log and at a live node: passwords at the door, rules in the fold, words before anything is recorded."""

import asyncio
import json
from itertools import islice
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner
from msgspec import structs
from tests.helpers.flights import tables

from bongsu.cli import main
from bongsu.constants import NS_PER_S
from bongsu.errors import BadInput
from bongsu.log.reader import LogReader
from bongsu.messages.inputs import OperatorAct
from bongsu.messages.issued import WarningIssued, WarningRetracted
from bongsu.models.areas import Area
from bongsu.models.decision import DecideSettings
from bongsu.models.rights import User
from bongsu.run import act
from bongsu.run.config import load_settings
from bongsu.run.core import Sink, open_core
from bongsu.run.desk import Desk
from bongsu.run.simulate import fly

SCENARIO = Path(__file__).parents[3] / "scenarios" / "overflight-2017-08-29.toml"
NAMES = (("en", "Northern Japan"), ("ja", "日本北部"), ("ko", "일본 북부"))
AUTHORITY = DecideSettings(
    authority="test-centre", authority_names=(("en", "Test Centre"), ("ja", "試験センター"), ("ko", "시험 센터"))
)
WORDS = {"ann": "correct horse", "bo": "battery staple"}


@pytest.fixture(scope="module")
def people():
    roles = {"ann": ("author",), "bo": ("approver",)}
    return tuple(
        User(user_id=name, roles=roles[name], password_hash=act.password_hash(word)) for name, word in WORDS.items()
    )


@pytest.fixture(scope="module")
def settings(people):
    own = load_settings(SCENARIO)
    areas = (Area(area_id="north", name="Northern Japan", names=NAMES, zones=("JPN.land",)),)
    return structs.replace(own, users=people, areas=areas, decide=AUTHORITY)


@pytest.fixture
def log(tmp_path, settings):
    """The first seconds of a launch, as far as an event was opened."""
    path = tmp_path / "drill.bongsu"
    with open_core(path, settings, tables(), mode="exercise") as core:
        for item in islice(fly(SCENARIO, 3).inputs, 400):
            if any(type(f).__name__ == "LaunchEvent" for f in core.take([item])):
                break
    return path


def request(user, verb, target="E000001", word="", **more):
    session = more.pop("session", f"{user}-terminal")
    return act.Request(
        user=user, password=word or WORDS.get(user, ""), session=session, verb=verb, target_id=target, **more
    )


@pytest.fixture
def asked(people):
    def ask(log, *args, **more):
        return act.act_on_log(log, people, request(*args, **more), tables(), 2_000_000_000 * NS_PER_S)

    return ask


@pytest.fixture
def people_file(people, tmp_path):
    tables = [
        f'[[user]]\nuser_id = "{u.user_id}"\nroles = ["{u.roles[0]}"]\npassword_hash = "{u.password_hash}"\n'
        for u in people
    ]
    path = tmp_path / "people.toml"
    path.write_text("".join(tables))
    return path


def test_two_people_issue_a_holding_statement_and_one_takes_it_back(asked, log):
    drafted = asked(log, "ann", "propose", family="aware")
    assert (drafted.is_done, drafted.warning_id) == (True, "W900001")
    assert set(drafted.texts) == {"en", "ja", "ko"}
    assert drafted.texts["en"].startswith("EXERCISE") and "is believed to" in drafted.texts["en"]
    assert asked(log, "bo", "approve", "W900001").is_done
    sent = asked(log, "bo", "send", "W900001")
    assert sent.bulletin_id == "W900001-1"
    back = asked(log, "ann", "retract", "W900001", why="no_launch")
    assert back.bulletin_id == "W900001-2"
    with LogReader(log) as reader:
        kinds = [type(f) for f in reader.findings() if isinstance(f, WarningIssued | WarningRetracted)]
        acts = [r.message for r in reader.inputs() if isinstance(r.message, OperatorAct)]
    assert kinds == [WarningIssued, WarningRetracted]
    assert [a.user for a in acts] == ["ann", "bo", "bo", "ann"]
    assert all(WORDS[a.user] not in msgspec.json.encode(a).decode() for a in acts)


def test_a_preview_shows_the_text_and_changes_nothing(asked, log):
    before = log.read_bytes()
    shown = asked(log, "ann", "propose", family="aware", is_preview=True)
    assert "EXERCISE" in shown.texts["en"]
    with LogReader(log) as reader:
        assert not [r for r in reader.inputs() if isinstance(r.message, OperatorAct)]
    assert len(before) <= len(log.read_bytes())


@pytest.mark.parametrize(("user", "word"), [("ann", "wrong"), ("nobody", "x"), ("ann", " correct horse")])
def test_another_password_is_refused_before_the_log(asked, log, user, word):
    assert asked(log, user, "propose", word=word, family="aware").rule == "not_known"
    with LogReader(log) as reader:
        assert not [r for r in reader.inputs() if isinstance(r.message, OperatorAct)]


def test_a_rule_that_forbids_is_named_and_recorded(asked, log):
    assert asked(log, "bo", "propose", family="aware").rule == "no_right"
    asked(log, "ann", "propose", family="aware")
    assert asked(log, "bo", "approve", "W900001", session="ann-terminal").rule == "same_session"
    assert asked(log, "bo", "send", "W900001").rule == "not_approved"


def test_words_that_cannot_be_written_are_refused_before_the_log(asked, tmp_path, settings):
    path = tmp_path / "x.bongsu"
    nameless = structs.replace(settings, areas=(Area(area_id="north", name="North"),))
    with open_core(path, nameless, tables(), mode="exercise") as core:
        for item in islice(fly(SCENARIO, 3).inputs, 400):
            if any(type(f).__name__ == "LaunchEvent" for f in core.take([item])):
                break
    assert asked(path, "ann", "propose", family="aware").rule == "cannot_be_written"


def test_the_command_says_the_rule_in_one_line(log, people_file, monkeypatch):
    monkeypatch.setenv("BONGSU_PASSWORD", WORDS["bo"])
    told = CliRunner().invoke(
        main, ["act", str(log), "propose", "E000001", "--as", "bo", "--family", "aware", "--people", str(people_file)]
    )
    assert told.exit_code == 1
    assert "no_right" in told.output and len(told.output.strip().splitlines()) == 1
    monkeypatch.setenv("BONGSU_PASSWORD", WORDS["ann"])
    args = [
        "act",
        str(log),
        "propose",
        "E000001",
        "--as",
        "ann",
        "--family",
        "aware",
        "--json",
        "--people",
        str(people_file),
    ]
    done = CliRunner().invoke(main, args)
    assert done.exit_code == 0 and json.loads(done.stdout)["warning_id"] == "W900001"
    bad = CliRunner().invoke(main, ["act", str(log), "launch", "E000001", "--as", "ann"])
    assert bad.exit_code == 1 and "propose" in bad.output


def test_a_log_keeps_no_password_not_even_its_hash(log, people):
    assert not any(u.password_hash.encode()[30:] in log.read_bytes() for u in people)
    assert act.act_on_log(log, (), request("ann", "propose"), tables(), NS_PER_S).rule == "not_known"


def test_another_password_goes_on_with_the_same_log(log, settings, people):
    changed = tuple(structs.replace(u, password_hash=act.password_hash("something else")) for u in people)
    with open_core(log, structs.replace(settings, users=changed), tables(), mode="exercise") as core:
        assert act.is_known(core.settings.users, "ann", "something else")


def test_an_area_that_cannot_be_one_is_one_line(asked, log):
    with pytest.raises(BadInput, match="area"):
        asked(log, "ann", "propose", family="aware", areas=("no such id!",))


def test_a_user_table_holds_no_password(monkeypatch):
    monkeypatch.setenv("BONGSU_PASSWORD", "long enough")
    told = CliRunner().invoke(main, ["user", "ann", "--role", "author"])
    assert told.exit_code == 0 and "argon2id" in told.output and "long enough" not in told.output
    monkeypatch.setenv("BONGSU_PASSWORD", "short")
    assert CliRunner().invoke(main, ["user", "ann", "--role", "author"]).exit_code == 1
    assert CliRunner().invoke(main, ["user", "Ann", "--role", "king"]).exit_code == 1


class LogTime:
    """A clock that stands just after a log's last record."""

    def __init__(self, core):
        self.core = core

    def now_ns(self):
        return self.core.log.known_ns + NS_PER_S

    async def sleep_until(self, when_ns):
        return None


class Directly:
    """A live feeder that takes an act at once, for the desk alone."""

    def __init__(self, core):
        self.core = core

    def submit(self, message):
        done = asyncio.get_running_loop().create_future()
        (appended,) = self.core.append([(LogTime(self.core).now_ns(), message)])
        done.set_result(appended)
        self.core.advance()
        return done


def test_the_desk_of_a_node_answers_with_what_came_of_it(log, settings):
    async def at_the_desk(core):
        desk = Desk(core, LogTime(core))
        desk._live = Directly(core)
        core.listen(Sink(desk.hear, after=core.log.seq))
        lines = [
            msgspec.json.encode(request("ann", "propose", family="aware")),
            msgspec.json.encode(request("bo", "approve", "W900001")),
            msgspec.json.encode(request("bo", "approve", "W900001", word="wrong")),
            b"{",
            b'{"type":"operator_act.v1"}',
        ]  # fmt: skip
        return [await desk.answered(line) for line in lines]

    with open_core(log, settings, tables(), mode="exercise") as core:
        answers = asyncio.run(at_the_desk(core))
    assert [a.rule for a in answers] == ["", "", "not_known", "no_request", "no_request"]
    assert answers[0].warning_id == answers[1].warning_id == "W900001"
