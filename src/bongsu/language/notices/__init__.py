"""Notices to aircraft and ships about launches and falling debris: areas, windows and limits, as printed."""
