"""Bongsu: from sensor measurements and public reports to one trusted account of a launch."""

__version__ = "0.1.0"
