"""CAT062, system track data: what another tracker believes. Source: EUROCONTROL-SPEC-0149-9, Part 9, editions 1.16 to 1.21."""

from typing import Final

from bongsu.adapters.ingest.asterix.layout import Explicit, Fixed, chained, compound, extended, fixed, repetitive
from bongsu.adapters.ingest.asterix.uap import Uap, only

_PLACE = "lat_rad:24s@turn/2^24 lon_rad:24s@turn/2^24"


def _age(name: str, n_bits: int = 8) -> tuple[str, Fixed]:
    return name, fixed(f"{name}_s:{n_bits}@s/4")


_AIRCRAFT = compound(
    ("adr", fixed("address:24h")),
    ("id", fixed("callsign:48i")),
    ("mhg", fixed("heading_rad:16@turn/65536")),
    ("ias", fixed("im:1 ias:15")),
    ("tas", fixed("speed_mps:16@kt")),
    ("sal", fixed("sas:1 source:2 h_m:13s@25ft")),
    ("fss", fixed("mv:1 ah:1 am:1 h_m:13s@25ft")),
    ("tis", extended("nav:1 nvb:1 -:5")),
    ("tid", repetitive(
        f"tca:1 nc:1 tcpn:6 h_m:16s@10ft {_PLACE} pt:4 td:2 tra:1 toa:1 over_s:24@s turn_radius_m:16@0.01nm"
    )),
    ("com", fixed("com:3 stat:3 -:2 ssc:1 arc:1 aic:1 b1a:1 b1b:4")),
    ("sab", fixed("ac:2 mn:2 dc:2 gbs:1 -:6 stat:3")),
    ("acs", fixed("message:56h")),
    ("bvr", fixed("climb_mps:16s@6.25ftpmin")),
    ("gvr", fixed("climb_mps:16s@6.25ftpmin")),
    ("ran", fixed("roll_rad:16s@0.01deg")),
    ("tar", fixed("ti:2 -:6 turn_radps:7s@0.25degps -:1")),
    ("tan", fixed("track_rad:16@turn/65536")),
    ("gs", fixed("speed_mps:16s@nmps/2^14")),
    ("vun", fixed("vun:8")),
    ("met", fixed(
        "ws:1 wd:1 tmp:1 trb:1 -:4 wind_mps:16@kt wind_from_rad:16@deg temperature_celsius:16s@0.25celsius turbulence:8"
    )),
    ("emc", fixed("emc:8")),
    ("pos", fixed(_PLACE)),
    ("gal", fixed("h_m:16s@6.25ft")),
    ("pun", fixed("-:4 pun:4")),
    ("mb", repetitive("message:56h bds1:4 bds2:4")),
    ("iar", fixed("speed_mps:16@kt")),
    ("mac", fixed("mach:16@0.008mach")),
    ("bps", fixed("-:4 pressure_pa:12@0.1mb")),
)  # fmt: skip
_AGES = (
    "mfl md1 md2 mda md4 md5 mhg ias tas sal fss tid com sab acs bvr",
    "gvr ran tar tan gsp vun met emc pos gal pun mb iar mac bps",
)
_PLAN = compound(
    ("tag", fixed("sac:8 sic:8")),
    ("cs", fixed("callsign:56a")),
    ("ifi", fixed("typ:2 -:3 n:27")),
    ("fct", fixed("gat_oat:2 fr1_fr2:2 rvsm:2 hpr:1 -:1")),
    ("tac", fixed("type:32a")),
    ("wtc", fixed("wake:8a")),
    ("dep", fixed("departure:32a")),
    ("dst", fixed("destination:32a")),
    ("rds", fixed("nu1:8a nu2:8a ltr:8a")),
    ("cfl", fixed("h_pressure_m:16@fl/4")),
    ("ctl", fixed("centre:8 position:8")),
    ("tod", repetitive("typ:5 day:2 -:4 hour:5 -:2 minute:6 avs:1 -:1 second:6")),
    ("ast", fixed("stand:48a")),
    ("sts", fixed("emp:2 avl:2 -:4")),
    ("std", fixed("departure:56a")),
    ("sta", fixed("arrival:56a")),
    ("pem", fixed("-:3 va:1 mode3a:12o")),
    ("pec", fixed("callsign:56a")),
)
_MODE5 = compound(
    ("sum", fixed("m5:1 id:1 da:1 m1:1 m2:1 m3:1 mc:1 x:1")),
    ("pmn", fixed("-:2 pin:14 -:3 nat:5 -:2 mis:6")),
    ("pos", fixed(_PLACE)),
    ("ga", fixed("-:1 res:1 h_m:14s@25ft")),
    ("em1", fixed("-:4 mode1:12o")),
    ("tos", fixed("offset_s:8s@s/128")),
    ("xp", fixed("-:3 x5:1 xc:1 x3:1 x2:1 x1:1")),
)
_ACCURACY = compound(
    ("apc", fixed("sigma_x_m:16@0.5m sigma_y_m:16@0.5m")),
    ("cov", fixed("cov_xy_m:16s@0.5m")),
    ("apw", fixed("sigma_lat_rad:16@turn/2^26 sigma_lon_rad:16@turn/2^26")),
    ("aga", fixed("sigma_h_m:8@6.25ft")),
    ("aba", fixed("sigma_h_pressure_m:8@fl/4")),
    ("atv", fixed("sigma_vx_mps:8@0.25mps sigma_vy_mps:8@0.25mps")),
    ("aa", fixed("sigma_ax_mps2:8@0.25mps2 sigma_ay_mps2:8@0.25mps2")),
    ("arc", fixed("sigma_climb_mps:8@6.25ftpmin")),
)
_LAST_PLOT = compound(
    ("sid", fixed("sac:8 sic:8")),
    ("pos", fixed("rho_m:16@nm/256 theta_rad:16@turn/65536")),
    ("height", fixed("h_msl_m:16s@25ft")),
    ("mdc", fixed("v:1 g:1 h_pressure_m:14s@fl/4")),
    ("mda", fixed("v:1 g:1 l:1 -:1 mode3a:12o")),
    ("typ", fixed("typ:3 sim:1 rab:1 tst:1 -:2")),
)

UAP: Final = Uap(
    62, "1.16 to 1.21",
    (
        ("010", fixed("sac:8 sic:8")),
        None,
        ("015", fixed("service:8")),
        ("070", fixed("tod_s:24@s/128")),
        ("105", fixed("lat_rad:32s@turn/2^26 lon_rad:32s@turn/2^26")),
        ("100", fixed("x_m:24s@0.5m y_m:24s@0.5m")),
        ("185", fixed("vx_mps:16s@0.25mps vy_mps:16s@0.25mps")),
        ("210", fixed("ax_mps2:8s@0.25mps2 ay_mps2:8s@0.25mps2")),
        ("060", fixed("v:1 g:1 ch:1 -:1 mode3a:12o")),
        ("245", fixed("sti:2 -:6 callsign:48i")),
        ("380", _AIRCRAFT),
        ("040", fixed("track_number:16")),
        ("080", extended(
            "mon:1 spi:1 mrh:1 src:3 cnf:1",
            "sim:1 tse:1 tsb:1 fpc:1 aff:1 stp:1 kos:1",
            "ama:1 md4:2 me:1 mi:1 md5:2",
            "cst:1 psr:1 ssr:1 mds:1 ads:1 suc:1 aac:1",
            "sds:2 ems:3 pft:1 fplt:1",
            "dupt:1 dupf:1 dupm:1 sfc:1 idd:1 iec:1 mlat:1",
            "m5i:1 -:6",
        )),
        ("290", compound(
            _age("trk"), _age("psr"), _age("ssr"), _age("mds"), _age("ads", 16), _age("es"), _age("vdl"), _age("uat"),
            _age("lop"), _age("mlt"),
        )),
        ("200", fixed("trans:2 long:2 vert:2 adf:1 -:1")),
        ("295", compound(*(_age(name) for name in " ".join(_AGES).split()))),
        ("136", fixed("h_pressure_m:16s@fl/4")),
        ("130", fixed("h_m:16s@6.25ft")),
        ("135", fixed("qnh:1 h_pressure_m:15s@fl/4")),
        ("220", fixed("climb_mps:16s@6.25ftpmin")),
        ("390", _PLAN),
        ("270", extended("length_m:7@m", "orientation_rad:7@turn/128", "width_m:7@m")),
        ("300", fixed("fleet:8")),
        ("110", _MODE5),
        ("120", fixed("-:4 mode2:12o")),
        ("510", chained("ident:8 track_number:15")),
        ("500", _ACCURACY),
        ("340", _LAST_PLOT),
        None, None, None, None, None,
        ("RE", Explicit()),
        ("SP", Explicit()),
    ),
    mandatory=("010", "040", "070", "080"), tod="070", role="tracks",
)  # fmt: skip
CATEGORY: Final = only(UAP)
