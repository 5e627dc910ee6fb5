"""The version of the program, which pyproject.toml and the files that it writes take from here."""

__version__ = "0.3.0"
