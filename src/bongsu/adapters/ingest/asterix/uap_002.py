"""CAT002, radar service messages, the elder of CAT034. Source: EUROCONTROL SUR.ET1.ST05.2000-STD-02b-01, editions 1.0 to 1.2."""

from typing import Final

from bongsu.adapters.ingest.asterix.layout import Explicit, chained, fixed, repetitive
from bongsu.adapters.ingest.asterix.uap import Uap, only

UAP: Final = Uap(
    2, "1.0 to 1.2",
    (
        ("010", fixed("sac:8 sic:8")),
        ("000", fixed("message:8")),
        ("020", fixed("sector_rad:8@turn/256")),
        ("030", fixed("tod_s:24@s/128")),
        ("041", fixed("period_s:16@s/128")),
        ("050", chained("station:7")),
        ("060", chained("mode:7")),
        ("070", repetitive("aerial:1 ident:5 n:10")),
        ("100", fixed("rho_start_m:16@nm/128 rho_end_m:16@nm/128 theta_start_rad:16@turn/65536 theta_end_rad:16@turn/65536")),
        ("090", fixed("range_error_m:8s@nm/128 azimuth_error_rad:8s@turn/2^14")),
        ("080", chained("warning:7")),
        None,
        ("SP", Explicit()),
    ),
    mandatory=("010", "000"), tod="030", role="service",
)  # fmt: skip
CATEGORY: Final = only(UAP)
