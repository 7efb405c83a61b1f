"""Unpowered flight of many states to the ground, several at a time.

LANES flights stand side by side in one flat buffer: quantity q of lane l is b[q + l], and every q below is a constant multiple
of LANES. So the compiler sees constant distances in a single array and turns the loop over lanes into vector instructions. A
lane whose flight has ended takes the next row. Lanes never look at one another: no row's result depends on its neighbours.
"""

import math

import numpy as np

from bongsu.constants import A_EARTH_M, G0_MPS2
from bongsu.kernels._jit import inlined, kernel
from bongsu.kernels.air import FLIGHT_LAYERS
from bongsu.kernels.dopri import dopri_step
from bongsu.kernels.earth import geodetic_from_ecef
from bongsu.kernels.forces import climb_mps, fall_accel, height_m

LANES = 16  # two vectors of eight: the second hides the waiting of the first
TOLERANCE_M = 0.03  # accepted estimate of one step's error, carried to the ground
STEP_FIRST_S = 5.0
STEP_MAX_S = 60.0  # gravity alone is smooth to 1e-4 m over it
STEP_LEAST_S = 1e-3  # a rejected step this short is a state that cannot fly, or one that would take for ever
N_EDGES = 11  # steps end where layers of air meet, up to 120 km: the error estimate is blind to the kinks there
EDGE_M = 5.0  # by how much a step passes such an edge
SCALE_M = 7000.0  # the air grows e-fold denser over about this height
NEAR_M = 1.0  # a step that ends this near the ellipsoid has landed; Newton steps along the flight do the rest
FASTEST_MPS = 1e5  # no body of the solar system meets the Earth faster than 73 km/s
FARTHEST_M = 1e9  # beyond it, nothing comes down in hours
LANDED, FLYING, NO_START = 0.0, 1.0, 2.0

# the buffer: position, velocity, acceleration, 1 / beta, height and climb of each lane, then the same after the step tried
X, Y, Z, U, V, W, A, B, C, IB, HEIGHT, CLIMB = (LANES * i for i in range(12))
NX, NY, NZ, NU, NV, NW, NA, NB, NC, NHEIGHT, NCLIMB = (LANES * i for i in range(12, 23))
STEP, GROW, CODE, T, TOP, T_TOP, ROW = (LANES * i for i in range(23, 30))
SIZE = LANES * 30

# bits of CODE: what became of the step tried
TAKEN, APEX, LAST, GROUND, STUCK = 1.0, 2.0, 4.0, 8.0, 16.0


@inlined
def _error_at_ground(e_m, e_mps, h_m, climb, speed2):
    """What a step's errors become at the ground, roughly: velocity's grows with time, all with the flatness of the fall.

    time = (climb + sqrt(climb^2 + 2 g h)) / g,  flatness = 1 / sine of the angle of impact; both as if without air.
    """
    drop2 = 2.0 * G0_MPS2 * (h_m if h_m > 0.0 else 0.0)
    down2 = climb * climb + drop2
    flatness = math.sqrt(
        (speed2 + drop2) / (down2 + 1e4)
    )  # 1e4: nobody lands with less than 100 m/s downwards in vacuum
    return flatness * (e_m + ((climb + math.sqrt(down2)) / G0_MPS2 + 1.0) * e_mps)


@kernel
def _try_steps(b, t_max_s):
    """One step of every lane: the state after it, the factor for the next step and what became of it."""
    for l in range(LANES):
        u, v, w = b[U + l], b[V + l], b[W + l]
        error = u * u + v * v + w * w
        x, y, z, u, v, w, a, bb, c, e_m, e_mps = dopri_step(
            b[X + l], b[Y + l], b[Z + l], u, v, w, b[A + l], b[B + l], b[C + l], b[IB + l], b[STEP + l]
        )
        error = _error_at_ground(e_m, e_mps, b[HEIGHT + l], b[CLIMB + l], error) / TOLERANCE_M
        b[NX + l], b[NY + l], b[NZ + l], b[NU + l], b[NV + l], b[NW + l] = x, y, z, u, v, w
        b[NA + l], b[NB + l], b[NC + l] = a, bb, c
        h_m, climb = height_m(x, y, z), climb_mps(x, y, z, u, v, w)
        b[NHEIGHT + l], b[NCLIMB + l] = h_m, climb
        e8 = math.sqrt(math.sqrt(math.sqrt(error + 1e-12)))
        grow = 0.9 / (e8 * math.sqrt(e8))  # error^(-3/16), near enough to the -1/5 of theory, by roots alone
        grow = grow if grow > 0.2 else 0.2  # NaN comes here too
        b[GROW + l] = grow if grow < 5.0 else 5.0
        code = TAKEN
        code += APEX if (b[CLIMB + l] > 0.0) & (climb <= 0.0) else 0.0
        code += LAST if b[T + l] + b[STEP + l] >= t_max_s else 0.0
        code += GROUND if (h_m <= 0.0) | ((h_m < NEAR_M) & (climb < 0.0)) else 0.0
        b[CODE + l] = code if error <= 1.0 else (STUCK if b[STEP + l] < STEP_LEAST_S else 0.0)


@inlined
def _reach_s(d_m, rate, accel):
    """First time at which rate t + accel t^2 / 2 = d_m > 0; STEP_MAX_S if that is later or never."""
    disc = rate * rate + 2.0 * accel * d_m
    pace = rate + math.sqrt(disc if disc > 0.0 else 0.0)
    return 2.0 * d_m / pace if (disc >= 0.0) & (pace * STEP_MAX_S > 2.0 * d_m) else STEP_MAX_S


@inlined
def _edge_s(h_m, climb, accel):
    """Time until the next layer of air is reached, upwards or downwards, and passed by EDGE_M."""
    low_m, high_m = -1e9, 1e9
    for i in range(1, N_EDGES + 1):
        edge_m = FLIGHT_LAYERS[i, 0]
        low_m = edge_m if edge_m < h_m - EDGE_M else low_m
        high_m = edge_m if (edge_m > h_m + EDGE_M) & (edge_m < high_m) else high_m
    up_s = _reach_s(high_m - h_m + EDGE_M, climb, accel)
    down_s = _reach_s(h_m - low_m + EDGE_M, -climb, -accel)
    return up_s if up_s < down_s else down_s


@kernel
def _take_steps(b, t_max_s):
    """Make the accepted steps the state of their lanes, and set the next step of every lane."""
    for l in range(LANES):
        take = b[CODE + l] >= TAKEN
        for q in range(9):
            b[q * LANES + l] = b[NX + q * LANES + l] if take else b[q * LANES + l]
        h_m = b[NHEIGHT + l] if take else b[HEIGHT + l]
        climb = b[NCLIMB + l] if take else b[CLIMB + l]
        b[HEIGHT + l], b[CLIMB + l] = h_m, climb
        b[T + l] += b[STEP + l] if take else 0.0
        u, v, w = b[U + l], b[V + l], b[W + l]
        pull = b[X + l] * b[A + l] + b[Y + l] * b[B + l] + b[Z + l] * b[C + l]
        accel = (pull + u * u + v * v + w * w - climb * climb) / (A_EARTH_M + h_m)  # d climb / dt, on a round Earth
        step_s = b[STEP + l] * b[GROW + l]
        sink = -climb * step_s / SCALE_M
        step_s /= 1.0 + 0.2 * (sink if sink > 0.0 else 0.0)  # the air thickens, and the error with its fifth root
        cap_s, left_s = _edge_s(h_m, climb, accel), t_max_s - b[T + l]
        cap_s = cap_s if cap_s < left_s else left_s
        b[STEP + l] = step_s if step_s < cap_s else cap_s


@kernel
def _load(b, l, states, row, out):
    """Put a row into lane l. Returns whether it can fly; if not, its output says so."""
    for j in range(6):
        b[X + j * LANES + l] = states[row, j]
    x, y, z, u, v, w = states[row, 0], states[row, 1], states[row, 2], states[row, 3], states[row, 4], states[row, 5]
    ib = math.exp(-states[row, 6])
    a, bb, c = fall_accel(x, y, z, u, v, w, ib)
    h_m = height_m(x, y, z)
    b[A + l], b[B + l], b[C + l], b[IB + l] = a, bb, c, ib
    b[HEIGHT + l], b[CLIMB + l] = h_m, climb_mps(x, y, z, u, v, w)
    b[STEP + l], b[GROW + l], b[T + l], b[TOP + l], b[T_TOP + l], b[ROW + l] = STEP_FIRST_S, 1.0, 0.0, h_m, 0.0, row
    b[CODE + l] = 0.0
    for j in range(8):
        out[row, j] = np.nan
    out[row, 8] = FLYING
    is_flight = u * u + v * v + w * w < FASTEST_MPS**2 and h_m < FARTHEST_M  # what is none would take steps without end
    if is_flight and h_m > 0.0 and math.isfinite(a + bb + c) and math.isfinite(ib):
        _, _, out[row, 4] = geodetic_from_ecef(x, y, z)
        out[row, 5] = 0.0
        return True
    out[row, 8] = NO_START
    return False


@kernel
def _park(b, l):
    """Leave lane l with a state that steps of no length do not change."""
    for q in range(30):
        b[q * LANES + l] = 0.0
    b[X + l], b[HEIGHT + l], b[ROW + l] = 8e6, 1.6e6, -1.0


@kernel
def _at(b, l, s, out):
    """Position and velocity (6,) at the fraction s of lane l's step, by the quintic through both ends' motion."""
    h, s2 = b[STEP + l], s * s
    s3 = s2 * s
    p1, dp1 = s3 * (10.0 - 15.0 * s + 6.0 * s2), 30.0 * s2 * (1.0 - s) ** 2
    v0, dv0 = s - s3 * (6.0 - 8.0 * s + 3.0 * s2), 1.0 - s2 * (18.0 - 32.0 * s + 15.0 * s2)
    v1, dv1 = s3 * (7.0 * s - 4.0 - 3.0 * s2), s2 * (28.0 * s - 12.0 - 15.0 * s2)
    a0, da0 = 0.5 * s2 * (1.0 - s) ** 3, 0.5 * s * (1.0 - s) ** 2 * (2.0 - 5.0 * s)
    a1, da1 = 0.5 * s3 * (1.0 - s) ** 2, 0.5 * s2 * (1.0 - s) * (3.0 - 5.0 * s)
    for j in range(3):
        q = j * LANES + l
        d_m = b[NX + q] - b[X + q]
        out[j] = b[X + q] + p1 * d_m + h * (v0 * b[U + q] + v1 * b[NU + q] + h * (a0 * b[A + q] + a1 * b[NA + q]))
        out[j + 3] = dp1 * d_m / h + dv0 * b[U + q] + dv1 * b[NU + q] + h * (da0 * b[A + q] + da1 * b[NA + q])


@kernel
def _note_apex(b, l, out, scratch):
    """Find where lane l stops climbing within its step, and keep it if it is the highest point so far."""
    low, high, at_low, at_high = 0.0, 1.0, b[CLIMB + l], b[NCLIMB + l]
    s = 0.5
    for _ in range(8):  # regula falsi, Illinois variant; 60 s to well below 1 ms
        s = (low * at_high - high * at_low) / (at_high - at_low)
        _at(b, l, s, scratch)
        climb = climb_mps(scratch[0], scratch[1], scratch[2], scratch[3], scratch[4], scratch[5])
        if abs(climb) < 1e-4:
            break
        if climb > 0.0:
            low, at_low, at_high = s, climb, 0.5 * at_high
        else:
            high, at_high, at_low = s, climb, 0.5 * at_low
    _note_height(scratch, b[T + l] + s * b[STEP + l], out)


@kernel
def _note_height(r_m, t_s, out):
    """Keep a position (3,) as the apogee of a row of output if it is higher than what stands there."""
    _, _, h_m = geodetic_from_ecef(r_m[0], r_m[1], r_m[2])
    if h_m > out[4]:
        out[4], out[5] = h_m, t_s


@kernel
def _shorter_step_s(b, l):
    """Length of lane l's step at which the cubic through its heights and climbs meets the ellipsoid."""
    h, h0, h1 = b[STEP + l], b[HEIGHT + l], b[NHEIGHT + l]
    c0, c1 = b[CLIMB + l] * h, b[NCLIMB + l] * h
    low, high = 0.0, 1.0
    for _ in range(30):
        s = 0.5 * (low + high)
        height = h0 + s * (c0 + s * (3.0 * (h1 - h0) - 2.0 * c0 - c1 + s * (2.0 * (h0 - h1) + c0 + c1)))
        if height > 0.0:
            low = s
        else:
            high = s
    return h * high


@kernel
def _write_landing(b, l, out, scratch):
    """Move lane l's last state along its flight onto the ellipsoid and write the impact."""
    t_s = 0.0
    for j in range(3):
        scratch[j] = b[NX + j * LANES + l]
    for _ in range(3):
        _, _, h_m = geodetic_from_ecef(scratch[0], scratch[1], scratch[2])
        t_s -= h_m / b[NCLIMB + l]
        for j in range(3):
            q = j * LANES + l
            scratch[j] = b[NX + q] + t_s * (b[NU + q] + 0.5 * t_s * b[NA + q])
    out[0], out[1], out[2] = scratch[0], scratch[1], scratch[2]
    out[3] = b[T + l] + b[STEP + l] + t_s
    out[6], out[7], _ = geodetic_from_ecef(scratch[0], scratch[1], scratch[2])
    out[8] = LANDED


@kernel
def _attend(b, l, out, scratch):
    """Deal with what lane l met in its step. Returns whether its flight is over; out is its row of output."""
    code = int(b[CODE + l])
    if code & 16:
        for j in range(8):
            out[j] = np.nan
        out[8] = NO_START
        return True
    if code & 8 and b[NHEIGHT + l] < -NEAR_M:
        b[STEP + l], b[GROW + l], b[CODE + l] = _shorter_step_s(b, l), 1.0, 0.0
        return False
    if code & 2:
        _note_apex(b, l, out, scratch)
    if code & 8:
        _write_landing(b, l, out, scratch)
        return True
    if code & 4:
        for j in range(3):
            scratch[j] = b[NX + j * LANES + l]
        _note_height(scratch, b[T + l] + b[STEP + l], out)
        return True
    return False


@kernel
def _refill(b, l, states, row, out):
    """Put the next row that can fly into lane l, or park it. Returns the row after that one."""
    while row < states.shape[0]:
        row += 1
        if _load(b, l, states, row - 1, out):
            return row
    _park(b, l)
    return row


@kernel
def falls(states, t_max_s, out) -> None:
    """Unpowered flight of every row to the ellipsoid.

    states (n, 7): position (m), velocity (m/s), ECEF, and ln(beta / (1 kg/m^2)). out (n, 9) is filled:
    0-2 impact (m, ECEF), 3 time to impact (s), 4 greatest height from now on (m), 5 time to it (s), 6 latitude and
    7 longitude of the impact (rad), 8 status: 0 landed; 1 still flying after t_max_s (impact NaN, apogee that so far);
    2 not a state above the ellipsoid, or faster than 100 km/s or farther than a million km (all NaN). Impact within 0.1 m
    of the exact solution of forces.fall_accel in 999 of 1,000 random flights, 0.2 m in all.
    Source: Dormand-Prince 5(4), see dopri.py.
    """
    b, scratch = np.zeros(SIZE), np.empty(6)
    row, flying = 0, 0
    for l in range(LANES):
        row = _refill(b, l, states, row, out)
        flying += 1 if b[ROW + l] >= 0.0 else 0
    while flying > 0:
        _take_steps(b, t_max_s)
        _try_steps(b, t_max_s)
        for l in range(LANES):
            if b[CODE + l] > TAKEN and b[ROW + l] >= 0.0 and _attend(b, l, out[int(b[ROW + l])], scratch):
                row = _refill(b, l, states, row, out)
                flying -= 1 if b[ROW + l] < 0.0 else 0
