"""A run on disk: its layout, reading and writing. Reading a run needs no torch."""
