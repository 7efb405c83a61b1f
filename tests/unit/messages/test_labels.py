"""Who may see a record."""

from bongsu.messages.labels import Label, covers, join, join_all

OPEN = Label("PUBLIC", ("jpn", "kor"))
CLOSED = Label("RESTRICTED", ("kor", "usa"), ("ORCON",))


def test_the_default_is_the_strictest():
    assert Label() == Label("SECRET", (), ())
    assert join_all([]) == Label()


def test_a_join_takes_the_higher_class_the_shared_nations_and_all_caveats():
    assert join(OPEN, CLOSED) == Label("RESTRICTED", ("kor",), ("ORCON",))


def test_a_join_covers_what_it_joins_and_not_the_other_way_round():
    both = join(OPEN, CLOSED)
    assert covers(both, OPEN)
    assert covers(both, CLOSED)
    assert not covers(OPEN, CLOSED)
    assert not covers(CLOSED, OPEN)
