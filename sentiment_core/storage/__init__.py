"""Files on disk: atomic writes, locks, format versions."""
