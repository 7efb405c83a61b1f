"""How likely a launch day is: four models of days with and without one, fitted to the past, weighed by their past scores."""

from bongsu.models.activity.book import Book, booked, combined, weights
from bongsu.models.activity.days import DAY_NS, day_of, start_ns
from bongsu.models.activity.fits import COMBINED, HORIZON_DAYS, MODELS, ActivitySettings, Fits, chances, fit, told

__all__ = [
    "COMBINED", "DAY_NS", "HORIZON_DAYS", "MODELS", "ActivitySettings", "Book", "Fits", "booked", "chances", "combined", "day_of",
    "fit", "start_ns", "told", "weights",
]  # fmt: skip
