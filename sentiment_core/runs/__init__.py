"""A run on disk: its layout, reading and writing. Reading one needs no torch."""
