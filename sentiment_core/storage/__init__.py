"""Files on disk: atomic writing, locks, format versions."""
