"""Claims and estimates as a stage hears them: stamped, of one launch day."""

from msgspec import UNSET

from bongsu.constants import NS_PER_S
from bongsu.messages.accounts import Claim
from bongsu.messages.assessment import (
    ApogeePrediction,
    FlightEstimate,
    ImpactPrediction,
    LaunchEvent,
    LaunchPointEstimate,
)
from bongsu.run.times import instant_ns

DAY = "2030-05-01"
T0_NS = instant_ns("2030-05-01T03:35:05Z", "here")  # 12:35 local time
SITE = (0.7017, 2.1852)  # Taegwan, radians
AN_HOUR_NS = 3_600 * NS_PER_S


def claim(number, quantity, speaker, said, day=DAY, text_id="t", known_ns=T0_NS + AN_HOUR_NS, **more):
    """One claim: a text is a word, a number a figure, a pair an interval with None for no bound."""
    fields = {"value": said} if isinstance(said, str) else {}
    if isinstance(said, int | float):
        fields = {"low": float(said), "high": float(said)}
    if isinstance(said, tuple):
        low, high = said
        fields = {"low": UNSET if low is None else low, "high": UNSET if high is None else high}
    stance = "claimed" if speaker.startswith("prk") else "reported" if speaker == "media" else "assessed"
    return Claim(
        id=number, text_id=text_id, quantity=quantity, speaker=speaker, stance=stance, event_date=day, evidence="x",
        span=(0, 1), known_ns=known_ns, **fields, **more,
    )  # fmt: skip


def event(number="9.0", event_id="E000001", state="confirmed", track_ids=("T000001",), valid_ns=T0_NS):
    return LaunchEvent(
        id=number, event_id=event_id, revision=1, state=state, valid_ns=valid_ns, track_ids=track_ids, detection_ids=(),
        principles=("radar",), reason="seen",
    )  # fmt: skip


def point(number="9.1", track_id="T000001", t0_ns=T0_NS, site=SITE):
    return LaunchPointEstimate(
        id=number, track_id=track_id, valid_ns=t0_ns, t0_ns=t0_ns, sigma_t0_s=3.0, lat_rad=site[0], lon_rad=site[1],
        cov_en_m2=(1e6, 0.0, 1e6), azimuth_rad=1.5, sigma_azimuth_rad=0.01, n_plots=9,
    )  # fmt: skip


def flight(number="9.2", track_id="T000001", range_m=700e3, sigma_m=10e3):
    return FlightEstimate(
        id=number, track_id=track_id, valid_ns=T0_NS, range_m=range_m, sigma_range_m=sigma_m, azimuth_rad=1.5,
        sigma_azimuth_rad=0.01, flight_time_s=420.0, sigma_flight_time_s=5.0, apogee_m=50e3, sigma_apogee_m=1e3,
    )  # fmt: skip


def apogee(number="9.3", track_id="T000001", top_m=50e3):
    return ApogeePrediction(
        id=number, track_id=track_id, valid_ns=T0_NS, apogee_ns=T0_NS, apogee_m=top_m, low_m=top_m - 1e3, high_m=top_m + 1e3,
        sigma_t_s=1.0,
    )  # fmt: skip


def impact(number="9.4", track_id="T000001", p_eez=0.01):
    return ImpactPrediction(
        id=number, track_id=track_id, valid_ns=T0_NS, impact_ns=T0_NS, sigma_impact_s=2.0, lat_rad=0.7, lon_rad=2.3,
        cov_en_m2=(1e8, 0.0, 1e8), zones=(("JPN.eez", p_eez),), assumption="unpowered", method="cloud", n_samples=100,
    )  # fmt: skip
