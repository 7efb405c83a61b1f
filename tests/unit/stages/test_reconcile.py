"""Many claims, one account: what is preferred, what is kept, why things differ."""

from tests.helpers.told import DAY, claim

from bongsu.messages.accounts import Reconstruction
from bongsu.models import reconcile as rules
from bongsu.stages.reconcile import reconcile


def claims(*rows, day=DAY):
    """Claims from (quantity, speaker, value or figure or (low, high) or fields)."""
    return [claim(f"1.{k}", *row, day=day) for k, row in enumerate(rows)]


def preferred(account, quantity):
    return account.preferred[account.quantity.index(quantity)]


def test_every_claim_is_kept_and_whoever_can_measure_is_preferred():
    said = claims(("range_km", "media", 500), ("range_km", "kor.jcs", 600), ("range_km", "prk.state_media", 1000))
    account, found = reconcile(said, day=DAY)
    assert preferred(account, "range_km") == ("1.1",)
    assert account.others[0] == ("1.0", "1.2")
    assert [(d.beside, d.claim) for d in found] == [("1.1", "1.0"), ("1.1", "1.2")]


def test_what_the_launching_side_claims_is_never_preferred():
    account, _ = reconcile(claims(("apogee_km", "prk.gov", 99), ("outcome", "prk.state_media", "success")), day=DAY)
    assert account.preferred == ((), ())
    assert set(account.rule) == {"only the launching side has spoken"}


def test_the_launching_side_stands_in_no_order():
    assert all(not set(order) & set(rules.LAUNCHING_SIDE) for order in rules.ORDER.values())


def test_a_finer_class_is_preferred_and_the_coarser_does_not_contradict():
    said = claims(("vehicle_class", "usa.mil", "ballistic"), ("vehicle_class", "jpn.mod", "SRBM"))
    account, found = reconcile(said, day=DAY)
    assert preferred(account, "vehicle_class") == ("1.1",)
    assert found == ()


def test_damage_and_the_zone_are_for_whom_they_concern():
    said = claims(("damage", "kor.jcs", "none_reported"), ("damage", "jpn.gov", "confirmed"))
    account, found = reconcile(said, day=DAY)
    assert preferred(account, "damage") == ("1.1",)
    assert found[0].reasons[0] == "revised"


def test_a_figure_comes_before_a_bound_and_a_later_word_before_an_earlier():
    account, _ = reconcile(claims(("range_km", "kor.jcs", (500, None)), ("range_km", "kor.jcs", 550)), day=DAY)
    assert preferred(account, "range_km") == ("1.1",)
    account, found = reconcile(claims(("range_km", "kor.jcs", 430), ("range_km", "kor.jcs", 600)), day=DAY)
    assert preferred(account, "range_km") == ("1.1",)
    assert found[0].reasons[0] == "revised"


def test_rounding_within_half_a_digit_is_agreement():
    said = [
        claim("1.0", "range_km", "kor.jcs", 700.1, rounding=1.0, unit_as_printed="miles"),
        claim("1.1", "range_km", "jpn.mod", 700, rounding=100.0, unit_as_printed="km"),
        claim("1.2", "range_km", "usa.mil", 690, rounding=10.0, unit_as_printed="km"),
    ]
    _, found = reconcile(said, day=DAY)
    assert [(d.claim, d.reasons) for d in found] == [("1.2", ("rounding",))]


def test_a_round_figure_is_not_rounded_worse_than_a_tenth():
    said = [
        claim("1.0", "range_km", "kor.jcs", 600, rounding=100.0),
        claim("1.1", "range_km", "prk.gov", 1000, rounding=1000.0),
    ]
    _, found = reconcile(said, day=DAY)
    assert [d.reasons for d in found] == [("launcher",)]


def test_low_irregular_flights_point_to_the_horizon():
    said = claims(("range_km", "kor.jcs", 450), ("range_km", "jpn.mod", 600), ("apogee_km", "kor.jcs", 60))
    _, found = reconcile(said, day=DAY)
    assert found[0].reasons == ("horizon",)


def test_units_and_the_launchers_claim_are_told_the_strongest_first():
    said = claims(("range_km", "kor.jcs", 435), ("range_km", "prk.state_media", 700))
    _, found = reconcile(said, day=DAY)
    assert found[0].reasons == ("units", "launcher")


def test_a_value_of_another_day_was_perhaps_copied():
    said = [
        *claims(("range_km", "kor.jcs", 410), ("range_km", "media", 930)),
        *claims(("range_km", "kor.jcs", 930), day="2030-04-02"),
    ]
    _, found = reconcile(said, day=DAY)
    assert found[0].reasons == ("copied",)


def test_times_a_little_apart_are_detection_and_lift_off():
    times = [("launch_time", who, f"{DAY}T{at}+09:00") for who, at in (("kor.jcs", "12:35"), ("jpn.mod", "12:36"))]
    account, found = reconcile(claims(*times), day=DAY)
    assert preferred(account, "launch_time") == ("1.0",)
    assert found[0].reasons == ("first_detection",)


def test_the_second_time_of_a_salvo_is_not_a_wrong_first_one():
    times = [
        ("launch_time", who, f"{DAY}T{at}+09:00")
        for who, at in (("kor.jcs", "07:06"), ("jpn.gov", "07:04"), ("jpn.gov", "07:23"))
    ]
    _, found = reconcile(claims(*times), day=DAY)
    assert [(d.claim, d.reasons) for d in found] == [("1.1", ("first_detection",))]


def test_two_vehicles_of_one_speaker_stand_side_by_side():
    said = claims(("vehicle_class", "kor.jcs", "SRBM"), ("vehicle_class", "kor.jcs", "rocket_artillery"))
    account, found = reconcile(said, day=DAY)
    assert preferred(account, "vehicle_class") == ("1.0", "1.1")
    assert found == ()


def test_what_no_rule_explains_says_so():
    _, found = reconcile(claims(("apogee_km", "kor.jcs", 300), ("apogee_km", "jpn.mod", 700)), day=DAY)
    assert found[0].reasons == ("not_explained",)


def test_a_zone_that_the_flights_contradict_is_told():
    said = claims(("zone", "jpn.gov", "inside_eez_jpn"), ("range_km", "kor.jcs", 200))
    flights = Reconstruction(
        id="2.0", event_date=DAY, speaker="kor.jcs", site_lat_rad=0.7, site_lon_rad=2.2, sigma_site_m=1.0,
        shape=("lofted",), p=(1.0,),
        range_m=(2e5,), apogee_m=(1e5,), flight_time_s=(300.0,), azimuth_rad=(), impact_lat_rad=(), impact_lon_rad=(),
        cov_en_m2=(),
        zones=(), flight_time_mean_s=300.0, flight_time_low_s=280.0, flight_time_high_s=320.0, range_class=(), convention="",
        p_zones=(), checks=(("EEZ as said", "apart", "..."),),
    )  # fmt: skip
    _, found = reconcile(said, [flights], day=DAY)
    assert [(d.quantity, d.beside, d.claim) for d in found] == [("zone", "2.0", "1.0")]


def test_what_nobody_said_is_listed_and_nothing_is_made_of_nothing():
    account, found = reconcile([], day=DAY)
    assert account.quantity == () and found == ()
    assert account.unsaid == rules.ASKED
