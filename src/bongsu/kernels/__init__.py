"""Compiled numerics: numbers and float64 arrays, nothing else. Kernels trust their callers and return NaN out of domain."""
