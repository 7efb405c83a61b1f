"""CAT034, monoradar service messages. Source: EUROCONTROL-SPEC-0149-2b, Part 2b, editions 1.27 to 1.29."""

from typing import Final

from bongsu.adapters.ingest.asterix.layout import Explicit, compound, fixed, repetitive
from bongsu.adapters.ingest.asterix.uap import Uap, only

UAP: Final = Uap(
    34, "1.27 to 1.29",
    (
        ("010", fixed("sac:8 sic:8")),
        ("000", fixed("message:8")),
        ("030", fixed("tod_s:24@s/128")),
        ("020", fixed("sector_rad:8@turn/256")),
        ("041", fixed("period_s:16@s/128")),
        ("050", compound(
            ("com", fixed("nogo:1 rdpc:1 rdpr:1 ovl_rdp:1 ovl_xmt:1 msc:1 tsv:1 -:1")),
            None,
            None,
            ("psr", fixed("ant:1 ch_ab:2 ovl:1 msc:1 -:3")),
            ("ssr", fixed("ant:1 ch_ab:2 ovl:1 msc:1 -:3")),
            ("mds", fixed("ant:1 ch_ab:2 ovl_sur:1 msc:1 scf:1 dlf:1 ovl_scf:1 ovl_dlf:1 -:7")),
        )),
        ("060", compound(
            ("com", fixed("-:1 red_rdp:3 red_xmt:3 -:1")),
            None,
            None,
            ("psr", fixed("pol:1 red_rad:3 stc:2 -:2")),
            ("ssr", fixed("red_rad:3 -:5")),
            ("mds", fixed("red_rad:3 clu:1 -:4")),
        )),
        ("070", repetitive("typ:5 n:11")),
        ("100", fixed("rho_start_m:16@nm/256 rho_end_m:16@nm/256 theta_start_rad:16@turn/65536 theta_end_rad:16@turn/65536")),
        ("110", fixed("filter:8")),
        ("120", fixed("h_m:16s@m lat_rad:24s@turn/2^24 lon_rad:24s@turn/2^24")),
        ("090", fixed("range_error_m:8s@nm/128 azimuth_error_rad:8s@turn/2^14")),
        ("RE", Explicit()),
        ("SP", Explicit()),
    ),
    mandatory=("010", "000"), tod="030", role="service",
)  # fmt: skip
CATEGORY: Final = only(UAP)
