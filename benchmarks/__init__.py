"""Measures speed and memory. Each figure is compared with the plain way, in the same run on the same machine."""
