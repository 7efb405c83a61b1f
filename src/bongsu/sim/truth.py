"""What truly happens: one seed makes one flight, with everything it leaves behind. The tracker never sees this room."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from bongsu.constants import NS_PER_S
from bongsu.errors import BadInput
from bongsu.kernels.earth import geodetic_from_ecef
from bongsu.sim.aircraft import traffic
from bongsu.sim.bodies import Body, Impact
from bongsu.sim.boost import Vector
from bongsu.sim.draws import Drawn, Rng, direction, draw, stream, within
from bongsu.sim.fit import ground_range_m, lift_for, shape_for, shape_for_orbit
from bongsu.sim.motion import Forces, Leg, Lift, State, apogee, ascend, fall, leg, lift_mps2
from bongsu.sim.scenario import FlightSpec, Scenario

FLIGHT, PARTS, FAILURE = 0, 1, 2  # purposes of dice
DRAWS = 20  # how often a draw that no generic boost can fly is drawn again
PULL_UP_MPS2 = 1.0  # lift that counts as a manoeuvre: a tenth of gravity


@dataclass(frozen=True, slots=True)
class Flight:
    """The truth of one run. Of aircraft, and of what stays in orbit, the figures of a fall are NaN and `impact` is None."""

    scenario_id: str
    seed: int
    kind: str
    t0_ns: int
    bodies: tuple[Body, ...]  # the main object first
    cloud_m: float = math.nan
    launch_lat_rad: float = math.nan
    launch_lon_rad: float = math.nan
    azimuth_rad: float = math.nan
    burn_out_s: float = math.nan
    apogee_m: float = math.nan
    apogee_s: float = math.nan
    range_m: float = math.nan
    flight_time_s: float = math.nan
    beta_kgpm2: float = math.nan
    pull_up_s: tuple[float, float] | None = None
    burns_s: tuple[tuple[float, float], ...] = ()

    @property
    def is_launch(self) -> bool:
        """Whether anything was launched at all."""
        return self.kind != "aircraft"

    @property
    def impact(self) -> Impact | None:
        """Where the main object came down."""
        return self.bodies[0].impact

    @property
    def parts(self) -> tuple[Body, ...]:
        """Everything but the main object."""
        return self.bodies[1:]

    @property
    def end_s(self) -> float:
        """When the last object came down or was followed no longer."""
        return max(body.end_s for body in self.bodies)

    def state(self, t_s: float) -> tuple[Vector, Vector, bool]:
        """Position, velocity (ECEF) and whether it thrusts, of the main object; NaN outside its flight."""
        x, y, z, vx, vy, vz = self.bodies[0].states(t_s)[0].tolist()
        return (x, y, z), (vx, vy, vz), bool(self.bodies[0].thrusting(t_s)[0])


def fly(scenario: Scenario, seed: int | None = None) -> Flight:
    """The flight that a seed (or the scenario's own) draws."""
    number = scenario.seed if seed is None else seed
    if scenario.flight.kind == "aircraft":
        return Flight(
            scenario.scenario_id, number, "aircraft", scenario.t0_ns, traffic(scenario.flight, stream(number, FLIGHT))
        )
    rng = stream(number, FLIGHT)
    for _ in range(DRAWS):
        drawn = draw(scenario.flight, rng)
        try:
            return _flight(scenario, number, drawn, *_main(scenario.flight, drawn, stream(number, FAILURE)))
        except BadInput as error:
            refused = error
    raise refused


def _main(spec: FlightSpec, drawn: Drawn, rng: Rng) -> tuple[list[Leg], Lift | None]:
    """The legs of the main object, and the lift that was fitted to it."""
    boost = drawn.boost
    if spec.kind == "space_launch":
        shape = shape_for_orbit(boost, drawn.boost_beta_kgpm2, drawn.orbit_m, drawn.haste)
        legs = ascend(boost, shape, drawn.boost_beta_kgpm2)
        last = legs[-1]
        return [*legs, leg(Forces(drawn.beta_kgpm2), last.end_s, last.end, last.end_s + spec.follow_s, "ground")], None
    shape = shape_for(boost, drawn.boost_beta_kgpm2, drawn.beta_kgpm2, drawn.ballistic_m, drawn.apogee_m, drawn.haste)
    if spec.failure:
        cut_s, beta = within(rng, spec.failure.at_s), within(rng, spec.failure.beta_kgpm2)
        legs = ascend(boost, shape, drawn.boost_beta_kgpm2, cut_s=cut_s)
        return legs + fall(legs[-1].end_s, legs[-1].end, beta), None
    legs = ascend(boost, shape, drawn.boost_beta_kgpm2)
    lift = None
    if spec.lift:
        band = Lift(
            0.0, within(rng, spec.lift.top_m), spec.lift.onset_m, within(rng, spec.lift.floor_m), spec.lift.level_mps
        )
        lift = lift_for(boost, legs, drawn.beta_kgpm2, band, drawn.range_m)
    return legs + fall(legs[-1].end_s, legs[-1].end, drawn.beta_kgpm2, lift), lift


def _flight(scenario: Scenario, seed: int, drawn: Drawn, legs: list[Leg], lift: Lift | None) -> Flight:
    """The finished record of a main object and what it left behind."""
    main = _body("main", legs, drawn.beta_kgpm2)
    apogee_m, apogee_s = apogee(legs)
    burns_s = tuple((part.start_s, part.end_s) for part in legs if part.is_thrusting)
    return Flight(
        scenario_id=scenario.scenario_id, seed=seed, kind=scenario.flight.kind, t0_ns=scenario.t0_ns,
        bodies=(main, *_parts(scenario.flight, legs, burns_s, stream(seed, PARTS))),
        cloud_m=drawn.cloud_m,
        launch_lat_rad=drawn.boost.lat_rad, launch_lon_rad=drawn.boost.lon_rad, azimuth_rad=drawn.boost.azimuth_rad,
        burn_out_s=burns_s[-1][1], burns_s=burns_s,
        apogee_m=apogee_m, apogee_s=apogee_s,
        range_m=ground_range_m(drawn.boost, legs[-1].end) if main.impact else math.nan,
        flight_time_s=main.end_s if main.impact else math.nan,
        beta_kgpm2=drawn.beta_kgpm2,
        pull_up_s=_pull_up(legs, Forces(drawn.beta_kgpm2, lift=lift)) if lift else None,
    )  # fmt: skip


def _body(name: str, legs: list[Leg], beta_kgpm2: float) -> Body:
    """A body of legs; it came down if its last leg ended at the ground before its time was up."""
    last = legs[-1]
    impact = None
    if last.is_stopped and not last.is_thrusting:
        lat_rad, lon_rad, _ = geodetic_from_ecef(*last.end[:3])
        impact = Impact(float(lat_rad), float(lon_rad), last.end_s)
    return Body(name, tuple(legs), beta_kgpm2, impact)


def _parts(spec: FlightSpec, legs: list[Leg], burns_s: tuple[tuple[float, float], ...], rng: Rng) -> list[Body]:
    """Spent stages, shrouds or the pieces of a failure, each pushed off in a random direction and falling on its own."""
    whole = Body("main", tuple(legs), math.nan)
    releases: list[tuple[float, int, tuple[float, float], tuple[float, float]]] = []
    if spec.failure:
        n = int(rng.integers(spec.failure.count[0], spec.failure.count[1] + 1))
        releases.append((burns_s[-1][1], n, spec.failure.speed_mps, spec.failure.beta_kgpm2))
    for part in spec.part:
        t_s = burns_s[part.after_stage - 1][1] + within(rng, part.delay_s)
        releases.append((t_s, part.count, part.speed_mps, part.beta_kgpm2))
    found: list[Body] = []
    for t_s, n, speed_mps, beta_kgpm2 in releases:
        for _ in range(n):
            y = _pushed(whole.states(t_s)[0].tolist(), within(rng, speed_mps), direction(rng))
            beta = within(rng, beta_kgpm2)
            found.append(_body(f"part-{len(found) + 1}", fall(t_s, y, beta), beta))
    return found


def _pushed(y: list[float], speed_mps: float, toward: Vector) -> State:
    """A state with a little more velocity."""
    vx, vy, vz = (v + speed_mps * d for v, d in zip(y[3:], toward, strict=True))
    return y[0], y[1], y[2], vx, vy, vz


def _pull_up(legs: list[Leg], forces: Forces) -> tuple[float, float] | None:
    """First and last time, to a tenth of a second, at which lift counts as a manoeuvre."""
    last = legs[-1]
    times = np.arange(last.start_s, last.end_s, 0.1)
    lifts = np.array([lift_mps2(forces, y) for y in last.states(times).T.tolist()])
    active = times[lifts > PULL_UP_MPS2].tolist()
    return (active[0], active[-1]) if active else None


def record(flight: Flight) -> dict[str, Any]:
    """The truth as plain values for the log's truth table: only what applies, in SI and radians, instants in nanoseconds."""
    at = flight.t0_ns
    found: dict[str, Any] = {
        "scenario_id": flight.scenario_id, "seed": flight.seed, "kind": flight.kind, "is_launch": flight.is_launch, "t0_ns": at,
        "end_ns": instant_ns(at, flight.end_s), "bodies": [_body_record(body, at) for body in flight.bodies],
    }  # fmt: skip
    if not flight.is_launch:
        return found
    found |= {
        name: getattr(flight, name)
        for name in ("launch_lat_rad", "launch_lon_rad", "azimuth_rad", "apogee_m", "beta_kgpm2", "cloud_m")
    }
    found |= {"burn_out_ns": instant_ns(at, flight.burn_out_s), "apogee_ns": instant_ns(at, flight.apogee_s)}
    found["burns_ns"] = [[instant_ns(at, start_s), instant_ns(at, end_s)] for start_s, end_s in flight.burns_s]
    if flight.impact:
        found |= {"range_m": flight.range_m, "flight_time_s": flight.flight_time_s, **_impact_record(flight.impact, at)}
    if flight.pull_up_s:
        found["pull_up_ns"] = [instant_ns(at, t_s) for t_s in flight.pull_up_s]
    return found


def instant_ns(t0_ns: int, t_s: float) -> int:
    """The instant so many seconds after another."""
    return t0_ns + round(t_s * NS_PER_S)


def _body_record(body: Body, t0_ns: int) -> dict[str, Any]:
    """One object: when it was in the air and, if it came down, where."""
    found: dict[str, Any] = {
        "name": body.name, "start_ns": instant_ns(t0_ns, body.start_s), "end_ns": instant_ns(t0_ns, body.end_s),
    }  # fmt: skip
    return found | (_impact_record(body.impact, t0_ns) if body.impact else {})


def _impact_record(impact: Impact, t0_ns: int) -> dict[str, Any]:
    return {
        "impact_ns": instant_ns(t0_ns, impact.t_s),
        "impact_lat_rad": impact.lat_rad,
        "impact_lon_rad": impact.lon_rad,
    }
