"""One step of unpowered flight by the fifth-order pair of Dormand and Prince, in scalars, so that loops over it vectorise.

Source of every weight: Hairer, Norsett & Wanner, Solving Ordinary Differential Equations I (1993), table 5.2 of sec. II.5.
"""

from bongsu.kernels._jit import inlined
from bongsu.kernels.forces import fall_accel


@inlined
def _at2(s, h, k1):
    return s + h * (1 / 5 * k1)


@inlined
def _at3(s, h, k1, k2):
    return s + h * (3 / 40 * k1 + 9 / 40 * k2)


@inlined
def _at4(s, h, k1, k2, k3):
    return s + h * (44 / 45 * k1 - 56 / 15 * k2 + 32 / 9 * k3)


@inlined
def _at5(s, h, k1, k2, k3, k4):
    return s + h * (19372 / 6561 * k1 - 25360 / 2187 * k2 + 64448 / 6561 * k3 - 212 / 729 * k4)


@inlined
def _at6(s, h, k1, k2, k3, k4, k5):
    return s + h * (9017 / 3168 * k1 - 355 / 33 * k2 + 46732 / 5247 * k3 + 49 / 176 * k4 - 5103 / 18656 * k5)


@inlined
def _at7(s, h, k1, k3, k4, k5, k6):
    return s + h * (35 / 384 * k1 + 500 / 1113 * k3 + 125 / 192 * k4 - 2187 / 6784 * k5 + 11 / 84 * k6)


@inlined
def _error(h, k1, k3, k4, k5, k6, k7):
    e = 71 / 57600 * k1 - 71 / 16695 * k3 + 71 / 1920 * k4 - 17253 / 339200 * k5 + 22 / 525 * k6 - 1 / 40 * k7
    return abs(h * e)


@inlined
def dopri_step(x, y, z, u1, v1, w1, a1, b1, c1, ib, h):
    """From position (x, y, z), velocity (u1, v1, w1), acceleration (a1, b1, c1) and 1 / beta (ib) through h seconds.

    Returns the new position, velocity and acceleration, and the estimated errors of position (m) and velocity (m/s).
    """
    u2, v2, w2 = _at2(u1, h, a1), _at2(v1, h, b1), _at2(w1, h, c1)
    a2, b2, c2 = fall_accel(_at2(x, h, u1), _at2(y, h, v1), _at2(z, h, w1), u2, v2, w2, ib)
    u3, v3, w3 = _at3(u1, h, a1, a2), _at3(v1, h, b1, b2), _at3(w1, h, c1, c2)
    a3, b3, c3 = fall_accel(_at3(x, h, u1, u2), _at3(y, h, v1, v2), _at3(z, h, w1, w2), u3, v3, w3, ib)
    u4, v4, w4 = _at4(u1, h, a1, a2, a3), _at4(v1, h, b1, b2, b3), _at4(w1, h, c1, c2, c3)
    x4, y4, z4 = _at4(x, h, u1, u2, u3), _at4(y, h, v1, v2, v3), _at4(z, h, w1, w2, w3)
    a4, b4, c4 = fall_accel(x4, y4, z4, u4, v4, w4, ib)
    u5, v5, w5 = _at5(u1, h, a1, a2, a3, a4), _at5(v1, h, b1, b2, b3, b4), _at5(w1, h, c1, c2, c3, c4)
    x5, y5, z5 = _at5(x, h, u1, u2, u3, u4), _at5(y, h, v1, v2, v3, v4), _at5(z, h, w1, w2, w3, w4)
    a5, b5, c5 = fall_accel(x5, y5, z5, u5, v5, w5, ib)
    u6, v6, w6 = _at6(u1, h, a1, a2, a3, a4, a5), _at6(v1, h, b1, b2, b3, b4, b5), _at6(w1, h, c1, c2, c3, c4, c5)
    x6, y6, z6 = _at6(x, h, u1, u2, u3, u4, u5), _at6(y, h, v1, v2, v3, v4, v5), _at6(z, h, w1, w2, w3, w4, w5)
    a6, b6, c6 = fall_accel(x6, y6, z6, u6, v6, w6, ib)
    u7, v7, w7 = _at7(u1, h, a1, a3, a4, a5, a6), _at7(v1, h, b1, b3, b4, b5, b6), _at7(w1, h, c1, c3, c4, c5, c6)
    x7, y7, z7 = _at7(x, h, u1, u3, u4, u5, u6), _at7(y, h, v1, v3, v4, v5, v6), _at7(z, h, w1, w3, w4, w5, w6)
    a7, b7, c7 = fall_accel(x7, y7, z7, u7, v7, w7, ib)
    e = _error(h, u1, u3, u4, u5, u6, u7) + _error(h, v1, v3, v4, v5, v6, v7) + _error(h, w1, w3, w4, w5, w6, w7)
    d = _error(h, a1, a3, a4, a5, a6, a7) + _error(h, b1, b3, b4, b5, b6, b7) + _error(h, c1, c3, c4, c5, c6, c7)
    return x7, y7, z7, u7, v7, w7, a7, b7, c7, e, d
