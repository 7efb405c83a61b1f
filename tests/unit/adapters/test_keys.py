"""Keys of one mode each: made, loaded for that mode alone, and useless to anyone else."""

import os
import stat

import msgspec
import pytest

from bongsu.adapters import keys
from bongsu.errors import BadInput, WrongMode

NOW_NS = 1_762_486_200_000_000_000
DAY_NS = 86_400_000_000_000


def made(folder, mode="live", owner="kor-1"):
    return keys.generate(folder, mode, owner, from_ns=NOW_NS)


def test_a_key_is_made_for_its_owner_alone_and_its_card_for_everyone(tmp_path):
    old = os.umask(0)
    try:
        path = made(tmp_path / "new")
    finally:
        os.umask(old)
    assert path.name == "live.kor-1.1.key"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.with_suffix(".card").stat().st_mode) == 0o644
    assert keys.load(path, "live").card.until_ns == NOW_NS + 90 * DAY_NS
    assert made(tmp_path / "new").name == "live.kor-1.2.key"


def test_what_a_key_signs_its_ring_verifies_and_no_other_bytes(tmp_path):
    key = keys.load(made(tmp_path), "live")
    ring = keys.ring(tmp_path.glob("*.card"), "live")
    signature = key.sign(b"said", NOW_NS)
    assert key.sign(b"said", NOW_NS) == signature  # so that a resend is the same bytes
    ring.verify(key.card.key_id, b"said", signature, NOW_NS)
    for data, other in ((b"sald", signature), (b"said", signature[:-1]), (b"said", b"")):
        with pytest.raises(BadInput, match="not signed so"):
            ring.verify(key.card.key_id, data, other, NOW_NS)


@pytest.mark.parametrize("wanted", ["exercise", "test", "replay"])
def test_a_key_is_loaded_for_its_own_mode_alone(tmp_path, wanted):
    with pytest.raises(WrongMode):
        keys.load(made(tmp_path), wanted)
    ring = keys.ring(tmp_path.glob("*.card"), wanted)
    assert ring.cards == ()
    with pytest.raises(WrongMode):
        ring.verify("live.kor-1.1", b"said", b"", NOW_NS)


def test_a_key_whose_mode_or_period_was_changed_is_refused(tmp_path):
    path = made(tmp_path, "exercise")
    for old, new in ((b"exercise", b"live"), (b"until_ns", b"from_ns")):
        path.write_bytes(path.read_bytes().replace(old, new))
        with pytest.raises(BadInput):
            keys.load(path, "live")
    card = path.with_suffix(".card")
    renamed = card.rename(tmp_path / "live.kor-1.1.card")
    with pytest.raises(BadInput, match="another name"):
        keys.ring([renamed], "live")
    renamed.write_bytes(renamed.read_bytes().replace(b"exercise", b"live"))
    with pytest.raises(BadInput, match="not signed so"):
        keys.ring([renamed], "live")


def test_modes_never_share_a_key(tmp_path):
    """Even the owner of a private key, who can sign any card with it, gets no second mode out of it."""
    live = keys.load(made(tmp_path), "live")
    card = msgspec.structs.replace(live.card, key_id="exercise.kor-1.1", mode="exercise")
    body = msgspec.json.encode(card)
    signed = keys.SignedCard(body=body.decode(), signature=live._private.sign(b"bongsu.card.v1\0" + body, keys._ECDSA))
    (tmp_path / "exercise.kor-1.1.card").write_bytes(msgspec.json.encode(signed))
    with pytest.raises(BadInput, match="which is of another mode"):
        keys.ring(tmp_path.glob("*.card"), "live")


def test_a_key_that_others_can_read_is_refused(tmp_path):
    path = made(tmp_path)
    path.chmod(0o640)
    with pytest.raises(BadInput, match="permissions 640"):
        keys.load(path, "live")


def test_a_private_key_of_another_card_is_refused(tmp_path):
    one, other = made(tmp_path), made(tmp_path)
    first, second = (msgspec.json.decode(p.read_bytes(), type=keys.KeyFile) for p in (one, other))
    one.write_bytes(msgspec.json.encode(msgspec.structs.replace(first, private=second.private)))
    with pytest.raises(BadInput, match="not the one of its card"):
        keys.load(one, "live")


def test_a_key_signs_and_counts_in_its_period_alone(tmp_path):
    key = keys.load(made(tmp_path), "live")
    ring = keys.ring(tmp_path.glob("*.card"), "live")
    signature = key.sign(b"said", NOW_NS)
    for when_ns in (NOW_NS - 1, NOW_NS + 90 * DAY_NS):
        with pytest.raises(BadInput, match="not in force"):
            key.sign(b"said", when_ns)
        with pytest.raises(BadInput, match="not in force"):
            ring.verify(key.card.key_id, b"said", signature, when_ns)


def test_a_card_taken_away_is_a_key_revoked(tmp_path):
    key = keys.load(made(tmp_path), "live")
    key.sign(b"said", NOW_NS)
    (tmp_path / "live.kor-1.1.card").unlink()
    with pytest.raises(BadInput, match="not trusted"):
        keys.ring(tmp_path.glob("*.card"), "live").verify("live.kor-1.1", b"said", b"", NOW_NS)


@pytest.mark.parametrize("owner", ["", "Kor", "a--b", "-a", "a.b", "../a", "a*"])
def test_an_owner_that_could_be_read_as_something_else_gets_no_key(tmp_path, owner):
    with pytest.raises(BadInput, match="owner"):
        made(tmp_path, owner=owner)
    with pytest.raises(BadInput, match="owner"):
        made(tmp_path, mode="replay")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "body", [b"", b"{}", b"\xff", b"x" * 10_000, b'{"card":{"body":"{}","signature":""},"private":""}']
)
def test_a_file_that_is_no_key_is_one_clear_error(tmp_path, body):
    path = tmp_path / "live.kor-1.1.key"
    path.write_bytes(body)
    path.chmod(0o600)
    with pytest.raises(BadInput, match=str(path)):
        keys.load(path, "live")
    with pytest.raises(BadInput, match=str(path)):
        keys.ring([path], "live")


def test_a_folder_a_link_and_nothing_are_no_keys(tmp_path):
    made(tmp_path)
    link = tmp_path / "link.key"
    link.symlink_to(tmp_path / "live.kor-1.1.key")
    for path in (tmp_path, link, tmp_path / "none.key"):
        with pytest.raises(BadInput):
            keys.load(path, "live")
