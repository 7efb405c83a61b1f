"""CAT065, service messages of a surveillance data processing system. Source: EUROCONTROL-SPEC-0149-15, editions 1.4 to 1.6."""

from typing import Final

from bongsu.adapters.ingest.asterix.layout import Explicit, fixed
from bongsu.adapters.ingest.asterix.uap import Uap, only

UAP: Final = Uap(
    65, "1.4 to 1.6",
    (
        ("010", fixed("sac:8 sic:8")),
        ("000", fixed("message:8")),
        ("015", fixed("service:8")),
        ("030", fixed("tod_s:24@s/128")),
        ("020", fixed("batch:8")),
        ("040", fixed("nogo:2 ovl:1 tsv:1 pss:2 sttn:1 -:1")),
        ("050", fixed("report:8")),
        None, None, None, None, None,
        ("RE", Explicit()),
        ("SP", Explicit()),
    ),
    mandatory=("010", "000"), tod="030", role="service",
)  # fmt: skip
CATEGORY: Final = only(UAP)
