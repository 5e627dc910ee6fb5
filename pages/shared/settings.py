"""The settings of this server, checked before it answers. `sentiment_core.environment` has the table of them."""

from __future__ import annotations

import sys

from sentiment_core.environment.check import check_environment
from sentiment_core.experiments.lessons import LESSONS
from sentiment_core.messages import in_language


def check_settings() -> None:
    """Print what is wrong with this server's settings, one line each. Ends the process if one cannot be used."""
    checked = check_environment(lessons=LESSONS)
    with in_language("en"):
        for warning in checked.warnings:
            print(f"warning: {warning}", file=sys.stderr)
    for error in checked.errors:
        print(f"error: {error}", file=sys.stderr)
    if checked.errors:
        sys.stderr.flush()
        sys.exit(2)
