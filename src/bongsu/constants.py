"""Physical constants, a source on every line. SI units; names end in their unit."""

from typing import Final

# Earth: WGS-84, NIMA TR8350.2 (third edition, 2000), tables 3.1 and 3.3
A_EARTH_M: Final = 6378137.0  # semi-major axis; TR8350.2 table 3.1
F_EARTH: Final = 1.0 / 298.257223563  # flattening; TR8350.2 table 3.1
B_EARTH_M: Final = A_EARTH_M * (1.0 - F_EARTH)  # semi-minor axis; from the two above
E2_EARTH: Final = F_EARTH * (2.0 - F_EARTH)  # first eccentricity squared; from the flattening
GM_EARTH_M3PS2: Final = 3.986004418e14  # gravitational constant, atmosphere included; TR8350.2 table 3.1
OMEGA_EARTH_RADPS: Final = 7.292115e-5  # rotation rate; TR8350.2 table 3.1
J2_EARTH: Final = 1.08262982e-3  # from C20 = -0.484166774985e-3 * sqrt(5); EGM96, TR8350.2 table 5.1
R_MEAN_EARTH_M: Final = 6371008.8  # mean radius (2a + b) / 3; Moritz, Geodetic Reference System 1980
G0_MPS2: Final = 9.80665  # standard gravity; CGPM 1901, resolution 2

# Air: U.S. Standard Atmosphere 1976 (NOAA/NASA/USAF)
R_GEOPOTENTIAL_M: Final = 6356766.0  # effective radius of the geopotential height; US-1976 sec. 1.2.4
GAMMA_AIR: Final = 1.4  # ratio of specific heats; US-1976 table 2
RHO0_AIR_KGPM3: Final = 1.225  # sea-level density; US-1976 table 2

# Units of the sea and the air
NAUTICAL_MILE_M: Final = 1852.0  # First International Extraordinary Hydrographic Conference, Monaco 1929
TERRITORIAL_SEA_M: Final = 12.0 * NAUTICAL_MILE_M  # UNCLOS art. 3
EEZ_M: Final = 200.0 * NAUTICAL_MILE_M  # UNCLOS art. 57

NS_PER_S: Final = 1_000_000_000  # SI prefix nano
