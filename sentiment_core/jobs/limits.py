"""The limits of jobs and uploads, from the environment. `docs/hosting.md` lists them. Needs no torch."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from sentiment_core.environment import variables
from sentiment_core.environment.variable import Variable
from sentiment_core.jobs.requests import JobLimits
from sentiment_core.storage.processes import half_the_cores


def _set_by(variable: Variable[Any]) -> Any:
    """A field that a variable sets."""
    return field(default=variable.default, metadata={"variable": variable})


@dataclass(frozen=True)
class Limits:
    """What jobs and uploads may take. 0 is no limit where nothing else is said."""

    training: str = _set_by(variables.TRAINING)  # auto: only who sits at this machine; on: every visitor; off: nobody
    at_once: int = _set_by(variables.JOBS_AT_ONCE)  # jobs that work at a time; 0: one for every two cores
    most: int = _set_by(variables.JOBS_MOST)  # jobs that work, wait or pause
    per_visitor: int = _set_by(variables.JOBS_PER_VISITOR)  # of those, one visitor's
    minutes: float = _set_by(variables.JOB_MINUTES)  # that one job works
    reviews: int = _set_by(variables.JOB_REVIEWS)  # in a job's training split
    tokens: int = _set_by(variables.JOB_TOKENS)  # that each network of a job reads in training
    megabytes: int = _set_by(variables.JOBS_MB)  # of all jobs and their runs
    days: float = _set_by(variables.JOBS_DAYS)  # after which a job that has ended is removed
    upload_megabytes: int = _set_by(variables.UPLOAD_MB)  # of one file
    upload_rows: int = _set_by(variables.UPLOAD_ROWS)
    upload_hours: float = _set_by(variables.UPLOAD_HOURS)  # after which an upload is removed

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
    return Limits(**{entry.name: entry.metadata["variable"].value(environment) for entry in fields(Limits)})
