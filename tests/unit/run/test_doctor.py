"""Whether a machine and a node are fit."""

import json

from tests.helpers.records import small_log
from tests.unit.log.test_reader import change
from tests.unit.run.test_config import TEXT

from bongsu.run import doctor


def test_every_check_has_a_name_and_a_text():
    found = doctor.examine()
    assert [check.name for check in found] == [
        "python", "libraries", "sqlite", "commit", "kernels", "tables", "disk", "clock",
    ]  # fmt: skip
    assert all(check.text for check in found)
    assert len(doctor.as_text(found).splitlines()) == len(found)
    assert json.loads(doctor.as_json(found))["is_fit"] in (True, False)


def test_a_node_is_checked_with_its_file_and_its_log(tmp_path):
    path = tmp_path / "kor-1.toml"
    path.write_text(TEXT.replace("logs/", ""))
    checks = {check.name: check for check in doctor.examine(path)}
    assert checks["node file"].is_good
    assert "will be begun" in checks["log"].text
    log = small_log(tmp_path / "kor-1.log")
    assert {c.name: c for c in doctor.examine(path)}["log"].is_good
    change(log, "DELETE FROM inputs WHERE seq = 2")
    assert not {c.name: c for c in doctor.examine(path)}["log"].is_good


def test_a_bad_node_file_is_a_finding_and_no_crash(tmp_path):
    path = tmp_path / "kor-1.toml"
    path.write_text("[node")
    checks = {check.name: check for check in doctor.examine(path)}
    assert not checks["node file"].is_good
    assert "\n" not in checks["node file"].text
