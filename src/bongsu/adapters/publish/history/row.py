"""What the plots and the page show of one launch; the shell fills it from the catalogue."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One launch. Degrees and kilometres, for they are drawn; an unknown figure is an empty tuple."""

    launch_id: str
    when: str
    months: tuple[str, ...]  # YYYY-MM: one, or all that its sources allow
    n_words: str
    site: str = ""
    place_deg: tuple[float, float] | tuple[()] = ()
    vehicle_class: str = ""
    shape: str = ""
    range_km: tuple[float, float] | tuple[()] = ()
    apogee_km: tuple[float, float] | tuple[()] = ()
    is_failed: bool = False
    sources: str = ""
    standing: str = "counted"
    faults: tuple[str, ...] = ()
