"""What if the present force goes on: a burn or a lift of unknown further time, turning with the velocity.

Only a forecast of what is seen: the force is the one a track shows, never one sought. Frame of the force: along the
velocity, along the part of the vertical square to it, and across both (to the right of flight seen from above).
"""

import math

import numpy as np

from bongsu.kernels._jit import kernel
from bongsu.kernels.air import density_kgpm3
from bongsu.kernels.earth import geodetic_from_ecef
from bongsu.kernels.flight import advance, path

LEAST_AIR_KGPM3 = 1e-9  # at some 150 km: thinner air bears nothing
MOST_TURN_RAD = 0.2  # a lift held over one step turns the velocity by no more: beyond, holding it would add energy
STOP_BELOW_M = 500.0  # a force that leads into the ground ends above this; the fall goes on from that point


@kernel
def velocity_frame(x_m, y_m, z_m, vx_mps, vy_mps, vz_mps, out):
    """Rows of out (3, 3): along the velocity, the vertical made square to it, across (first x second); unit vectors,
    ECEF.

    The vertical is the geocentric one (0.2 degrees from the plumb line at most). Straight up, or at rest, rows 2 and 3
    are zero.
    """
    out[:, :] = 0.0
    r = math.sqrt(x_m * x_m + y_m * y_m + z_m * z_m)
    speed = math.sqrt(vx_mps * vx_mps + vy_mps * vy_mps + vz_mps * vz_mps)
    if not (r > 0.0 and speed > 0.0):
        return
    ax, ay, az = vx_mps / speed, vy_mps / speed, vz_mps / speed
    out[0, 0], out[0, 1], out[0, 2] = ax, ay, az
    ux, uy, uz = x_m / r, y_m / r, z_m / r
    along = ux * ax + uy * ay + uz * az
    nx, ny, nz = ux - along * ax, uy - along * ay, uz - along * az
    size = math.sqrt(nx * nx + ny * ny + nz * nz)
    if size < 1e-6:
        return
    nx, ny, nz = nx / size, ny / size, nz / size
    out[1, 0], out[1, 1], out[1, 2] = nx, ny, nz
    out[2, 0], out[2, 1], out[2, 2] = ay * nz - az * ny, az * nx - ax * nz, ax * ny - ay * nx


@kernel
def force_in_velocity_frame(state, force, out):
    """Parts of a force (3,) along, above and across the velocity of a state (>= 6,), into out (3,); unit as given."""
    frame = np.empty((3, 3))
    velocity_frame(state[0], state[1], state[2], state[3], state[4], state[5], frame)
    for k in range(3):
        out[k] = frame[k, 0] * force[0] + frame[k, 1] * force[1] + frame[k, 2] * force[2]


@kernel
def push_on(states, parts, burns, is_lift, step_s, out, highest):
    """Each state after its force went on for its time, the force keeping its angles to the velocity.

        thrust  f(t) = (1 + g t) (parts[0] along + parts[1] above + parts[2] across),  0 <= t <= seconds
        lift    f(t) = q (1 + g t) (the same),  q = rho v^2 / 2

    Air never drives a body on: the part of a lift along the velocity takes away the drag of ln beta at most. Nor does it turn
    the velocity by more than 0.2 rad a step.

    Parameters: states (n, 7) position, velocity (ECEF), ln beta; parts (n, 3) m/s^2, of lift m^2/kg; burns (n, 2):
    seconds, and g in 1/s; step_s, the step within which the force is held. Fills out (n, 7), and highest (n, 3):
    greatest height (m), when (s), and how long the force acted (s). One that would lead below 500 m within two steps ends.
    """
    x, frame = np.empty(10), np.empty((3, 3))
    for i in range(states.shape[0]):
        x[:6], x[9] = states[i, :6], states[i, 6]
        _, _, h = geodetic_from_ecef(x[0], x[1], x[2])
        highest[i, 0], highest[i, 1], highest[i, 2] = h, 0.0, 0.0
        along = min(parts[i, 0], math.exp(-x[9])) if is_lift else parts[i, 0]
        n = math.ceil(burns[i, 0] / step_s)
        for k in range(n):
            dt = burns[i, 0] / n
            r = math.sqrt(x[0] * x[0] + x[1] * x[1] + x[2] * x[2])
            climb = (x[0] * x[3] + x[1] * x[4] + x[2] * x[5]) / r
            if climb < 0.0 and h + 2.0 * climb * dt < STOP_BELOW_M:
                break
            size = 1.0 + burns[i, 1] * (k + 0.5) * dt
            if is_lift:
                speed2 = x[3] * x[3] + x[4] * x[4] + x[5] * x[5]
                size *= 0.5 * density_kgpm3(max(h, 0.0)) * speed2
                strength = math.sqrt(along * along + parts[i, 1] * parts[i, 1] + parts[i, 2] * parts[i, 2])
                most = MOST_TURN_RAD * math.sqrt(speed2) / dt
                size = size if size * strength < most else most / strength
            velocity_frame(x[0], x[1], x[2], x[3], x[4], x[5], frame)
            for c in range(3):
                x[6 + c] = size * (frame[0, c] * along + frame[1, c] * parts[i, 1] + frame[2, c] * parts[i, 2])
            advance(x, dt, dt, x)
            highest[i, 2] = (k + 1) * dt
            _, _, h = geodetic_from_ecef(x[0], x[1], x[2])
            if h > highest[i, 0]:
                highest[i, 0], highest[i, 1] = h, (k + 1) * dt
        out[i, :6], out[i, 6] = x[:6], x[9]


@kernel
def lift_ratio(state, force, out):
    """What a force (3,) m/s^2, ECEF, seen at a state (>= 6,) is as lift: its parts in the frame of the velocity over the
    pressure of the air, into out (3,) m^2/kg.

        out = parts / q,  q = rho v^2 / 2; zero where the air is thinner than 1e-9 kg/m^3 or the state stands still
    """
    force_in_velocity_frame(state, force, out)
    _, _, h = geodetic_from_ecef(state[0], state[1], state[2])
    rho = density_kgpm3(max(h, 0.0))
    speed2 = state[3] * state[3] + state[4] * state[4] + state[5] * state[5]
    for k in range(3):
        out[k] = out[k] / (0.5 * rho * speed2) if rho > LEAST_AIR_KGPM3 and speed2 > 0.0 else 0.0


@kernel
def ground_paths(states, seconds, out):
    """Where unpowered flights are above, at m even times from 0 to `seconds` each.

    Parameters: states (n, 7) as in `kernels.flight.falls`; seconds (n,). Fills out (n, m, 2): latitude and longitude
    (rad); after landing, and where a flight has no start, NaN.
    """
    n, m = out.shape[0], out.shape[1]
    row = np.empty((m, 7))
    for i in range(n):
        path(states[i], seconds[i] / (m - 1), m, row)
        for k in range(m):
            out[i, k, 0], out[i, k, 1], _ = geodetic_from_ecef(row[k, 0], row[k, 1], row[k, 2])
