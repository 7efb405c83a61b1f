"""Typed geometry: frames, zones by claimant, places by name."""
