"""CAT001, monoradar target reports, the elder of CAT048. Source: EUROCONTROL SUR.ET1.ST05.2000-STD-02a-01, editions 1.2 to 1.4.

Two profiles: the first bit of item 020 says whether a record is a plot or a track. Its time is cut to 512 s.
"""

from typing import Final

from bongsu.adapters.ingest.asterix.layout import Explicit, chained, extended, fixed
from bongsu.adapters.ingest.asterix.uap import Category, Uap

_010 = ("010", fixed("sac:8 sic:8"))
_020 = ("020", extended("typ:1 sim:1 ssr_psr:2 ant:1 spi:1 rab:1", "tst:1 ds1_ds2:2 me:1 mi:1 -:2"))
_040 = ("040", fixed("rho_m:16@nm/128 theta_rad:16@turn/65536"))
_042 = ("042", fixed("x_m:16s@nm/64 y_m:16s@nm/64"))
_050 = ("050", fixed("v:1 g:1 l:1 -:1 mode2:12o"))
_060 = ("060", fixed("-:4 qa4:1 qa2:1 qa1:1 qb4:1 qb2:1 qb1:1 qc4:1 qc2:1 qc1:1 qd4:1 qd2:1 qd1:1"))
_070 = ("070", fixed("v:1 g:1 l:1 -:1 mode3a:12o"))
_080 = ("080", _060[1])
_090 = ("090", fixed("v:1 g:1 h_pressure_m:14s@fl/4"))
_100 = ("100", fixed(
    "v:1 g:1 -:2 mode_c:12 -:4 qc1:1 qa1:1 qc2:1 qa2:1 qc4:1 qa4:1 qb1:1 qd1:1 qb2:1 qd2:1 qb4:1 qd4:1"
))  # fmt: skip
_120 = ("120", fixed("doppler_mps:8s@nmps/256"))
_131 = ("131", fixed("power_db:8s@db"))
_141 = ("141", fixed("tod_s:16@s/128"))
_150 = ("150", fixed("xa:1 -:1 xc:1 -:2 x2:1 -:2"))
_030 = ("030", chained("warning:7"))
_130 = ("130", chained("feature:7"))
_170 = ("170", extended("con:1 rad:1 man:1 dou:1 rdpc:1 -:1 gho:1", "tre:1 -:6"))
_SP = ("SP", Explicit())
_MANDATORY = ("010", "020")

PLOT: Final = Uap(
    1, "1.2 to 1.4",
    (
        _010, _020, _040, _070, _090, _130, _141, _050, _120, _131, _080, _100, _060, _030, _150,
        None, None, None, None, _SP,
    ),
    mandatory=_MANDATORY, tod="141", role="plots",
)  # fmt: skip
TRACK: Final = Uap(
    1, "1.2 to 1.4",
    (
        _010, _020, ("161", fixed("track_number:16")), _040, _042,
        ("200", fixed("speed_mps:16@nmps/2^14 heading_rad:16@turn/65536")),
        _070, _090, _141, _130, _131, _120, _170, ("210", chained("quality:7")), _050, _080, _100, _060, _030, _SP,
        None, _150,
    ),
    mandatory=_MANDATORY, tod="141", role="plots",
)  # fmt: skip


def _choose(data: bytes, at: int) -> int:
    """1 for a track. Items 010 and 020 come first in both profiles, and must be there; without them the plot's will refuse it."""
    return data[at + 2] >> 7 if at + 2 < len(data) else 0


CATEGORY: Final = Category(1, (PLOT, TRACK), _choose)
