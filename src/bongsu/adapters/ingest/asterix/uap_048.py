"""CAT048, monoradar target reports. Source: EUROCONTROL-SPEC-0149-4, Part 4, editions 1.27 to 1.32."""

from typing import Final

from bongsu.adapters.ingest.asterix.layout import Explicit, chained, compound, extended, fixed, repetitive
from bongsu.adapters.ingest.asterix.uap import Uap, only

_QUALITY = "-:4 qa4:1 qa2:1 qa1:1 qb4:1 qb2:1 qb1:1 qc4:1 qc2:1 qc1:1 qd4:1 qd2:1 qd1:1"

UAP: Final = Uap(
    48, "1.27 to 1.32",
    (
        ("010", fixed("sac:8 sic:8")),
        ("140", fixed("tod_s:24@s/128")),
        ("020", extended(
            "typ:3 sim:1 rdp:1 spi:1 rab:1",
            "tst:1 err:1 xpp:1 me:1 mi:1 foe_fri:2",
            "adsb_ep:1 adsb_val:1 scn_ep:1 scn_val:1 pai_ep:1 pai_val:1 -:1",
            "acasxv_ep:1 acasxv_val:4 poxpr_ep:1 poxpr_val:1",
            "poact_ep:1 poact_val:1 dtfxpr_ep:1 dtfxpr_val:1 dtfact_ep:1 dtfact_val:1 -:1",
            "irmxpr_ep:1 irmxpr_val:1 irmact_ep:1 irmact_val:1 -:3",
        )),
        ("040", fixed("rho_m:16@nm/256 theta_rad:16@turn/65536")),
        ("070", fixed("v:1 g:1 l:1 -:1 mode3a:12o")),
        ("090", fixed("v:1 g:1 h_pressure_m:14s@fl/4")),
        ("130", compound(
            ("srl", fixed("srl_rad:8@turn/2^13")),
            ("srr", fixed("srr:8")),
            ("sam", fixed("sam_db:8s@db")),
            ("prl", fixed("prl_rad:8@turn/2^13")),
            ("pam", fixed("pam_db:8s@db")),
            ("rpd", fixed("rpd_m:8s@nm/256")),
            ("apd", fixed("apd_rad:8s@turn/2^14")),
        )),
        ("220", fixed("address:24h")),
        ("240", fixed("callsign:48i")),
        ("250", repetitive("message:56h bds1:4 bds2:4")),
        ("161", fixed("-:4 track_number:12")),
        ("042", fixed("x_m:16s@nm/128 y_m:16s@nm/128")),
        ("200", fixed("speed_mps:16@nmps/2^14 heading_rad:16@turn/65536")),
        ("170", extended("cnf:1 rad:2 dou:1 mah:1 cdm:2", "tre:1 gho:1 sup:1 tcc:1 -:3")),
        ("210", fixed("sigma_x_m:8@nm/128 sigma_y_m:8@nm/128 sigma_speed_mps:8@nmps/2^14 sigma_heading_rad:8@turn/2^12")),
        ("030", chained("warning:7")),
        ("080", fixed(_QUALITY)),
        ("100", fixed("v:1 g:1 -:2 mode_c:12 -:4 qc1:1 qa1:1 qc2:1 qa2:1 qc4:1 qa4:1 qb1:1 qd1:1 qb2:1 qd2:1 qb4:1 qd4:1")),
        ("110", fixed("-:2 h_msl_m:14s@25ft")),
        ("120", compound(
            ("cal", fixed("d:1 -:5 speed_mps:10s@mps")),
            ("rds", repetitive("doppler_mps:16@mps ambiguity_mps:16@mps frequency_hz:16@mhz")),
        )),
        ("230", fixed("com:3 stat:3 si:1 -:1 mssc:1 arc:1 aic:1 b1a:1 b1b:4")),
        ("260", fixed("message:56h")),
        ("055", fixed("v:1 g:1 l:1 mode1:5")),
        ("050", fixed("v:1 g:1 l:1 -:1 mode2:12o")),
        ("065", fixed("-:3 qa4:1 qa2:1 qa1:1 qb2:1 qb1:1")),
        ("060", fixed(_QUALITY)),
        ("SP", Explicit()),
        ("RE", Explicit()),
    ),
    mandatory=("010", "140"), tod="140", role="plots",
)  # fmt: skip
CATEGORY: Final = only(UAP)
