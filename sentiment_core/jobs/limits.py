"""The limits of jobs and uploads, from the environment. `docs/hosting.md` lists them. Needs no torch."""

from __future__ import annotations

import math
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from sentiment_core.errors import SettingError
from sentiment_core.jobs.requests import JobLimits
from sentiment_core.storage.processes import half_the_cores

AUTO, ON, OFF = "auto", "on", "off"


def _limit(variable: str, default: float, visitors: float | None = None, least: float = 0) -> Any:
    """A field that an environment variable sets. visitors: its default if every visitor may train."""
    about = {"variable": variable, "visitors": default if visitors is None else visitors, "least": least}
    return field(default=default, metadata=about)


@dataclass(frozen=True)
class Limits:
    """What jobs and uploads may take. 0 is no limit where nothing else is said."""

    training: str = AUTO  # auto: only who sits at this machine trains; on: every visitor; off: nobody in the pages
    at_once: int = _limit("SENTIMENT_JOBS_AT_ONCE", 0)  # jobs that work at a time; 0: one for every two cores
    most: int = _limit("SENTIMENT_JOBS_MOST", 100, least=1)  # jobs that work, wait or pause
    per_visitor: int = _limit("SENTIMENT_JOBS_PER_VISITOR", 20, 4)  # of those, one visitor's
    minutes: float = _limit("SENTIMENT_JOB_MINUTES", 0.0, 30.0)  # that one job works
    reviews: int = _limit("SENTIMENT_JOB_REVIEWS", 0, 50_000)  # in a job's training split
    tokens: int = _limit("SENTIMENT_JOB_TOKENS", 0, 100_000_000)  # that each network of a job reads in training
    megabytes: int = _limit("SENTIMENT_JOBS_MB", 5000, 2000)  # of all jobs and their runs
    days: float = _limit("SENTIMENT_JOBS_DAYS", 30.0, 7.0)  # after which a job that has ended is removed
    upload_megabytes: int = _limit("SENTIMENT_UPLOAD_MB", 50, least=1)  # of one file
    upload_rows: int = _limit("SENTIMENT_UPLOAD_ROWS", 200_000, least=1)
    upload_hours: float = _limit("SENTIMENT_UPLOAD_HOURS", 24.0)  # after which an upload is removed

    @property
    def places(self) -> int:
        """How many jobs work at a time: two trainings at once stall each other on two cores."""
        return self.at_once or half_the_cores()

    def of_job(self) -> JobLimits:
        """The limits of one job, which its request keeps."""
        return JobLimits(self.minutes, self.reviews, self.tokens)


def read_limits(environment: Mapping[str, str] = os.environ) -> Limits:
    """The limits that the environment sets. Where every visitor may train, those that it does not set are tighter.

    Raises SettingError for a value that cannot be used.
    """
    training = environment.get("SENTIMENT_TRAINING", "").strip().lower() or AUTO
    if training not in (AUTO, ON, OFF):
        raise SettingError("SENTIMENT_TRAINING is {value!r}. Set it to auto, on or off.", value=training)
    found: dict[str, Any] = {"training": training}
    for entry in fields(Limits):
        if about := entry.metadata:
            given = environment.get(about["variable"], "").strip()
            default = about["visitors"] if training == ON else entry.default
            found[entry.name] = _number(given, about, type(entry.default)) if given else default
    return Limits(**found)


def _number(given: str, about: Mapping[str, Any], kind: type) -> float:
    """The number that a variable gives. Raises SettingError if it is none, or too small."""
    try:
        number = kind(given)
    except ValueError:
        number = math.nan
    if math.isfinite(number) and number >= about["least"]:
        return number
    name, least = about["variable"], about["least"]
    if kind is int:
        raise SettingError(
            "{name} is {value!r}. Set it to a whole number from {least}.", name=name, value=given, least=least
        )
    raise SettingError("{name} is {value!r}. Set it to a number from {least}.", name=name, value=given, least=least)
