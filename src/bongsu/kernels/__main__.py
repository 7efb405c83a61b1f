"""Compile every kernel once, so that parallel processes find a warm cache: `python -m bongsu.kernels`."""
