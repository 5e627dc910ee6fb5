"""Limits from the environment: tighter where every visitor may train, and one line for a value that is no number."""

import pytest

from sentiment_core.environment.kinds import AUTO
from sentiment_core.errors import SettingError
from sentiment_core.jobs.limits import Limits, read_limits


def test_without_variables_nothing_limits_who_sits_at_the_machine():
    limits = read_limits({})
    assert limits == Limits()
    assert (limits.training, limits.minutes, limits.tokens, limits.upload_rows) == (AUTO, 0, 0, 200_000)
    assert limits.places >= 1


def test_a_public_server_has_tighter_limits_unless_they_are_set():
    limits = read_limits({"SENTIMENT_TRAINING": "ON ", "SENTIMENT_JOB_TOKENS": "5", "SENTIMENT_JOBS_AT_ONCE": "3"})
    assert (limits.minutes, limits.per_visitor, limits.tokens, limits.places) == (30, 4, 5, 3)
    assert (limits.of_job().minutes, limits.of_job().tokens) == (30, 5)


@pytest.mark.parametrize(
    ("name", "value", "error"),
    [
        ("SENTIMENT_TRAINING", "yes", "SENTIMENT_TRAINING is 'yes'. Set it to auto, on or off."),
        ("SENTIMENT_JOBS_MOST", "0", "SENTIMENT_JOBS_MOST is '0'. Set it to a whole number from 1."),
        ("SENTIMENT_JOBS_MB", "1.5", "SENTIMENT_JOBS_MB is '1.5'. Set it to a whole number from 0."),
        ("SENTIMENT_JOB_MINUTES", "nan", "SENTIMENT_JOB_MINUTES is 'nan'. Set it to a number from 0."),
        ("SENTIMENT_UPLOAD_HOURS", "-1", "SENTIMENT_UPLOAD_HOURS is '-1'. Set it to a number from 0."),
    ],
)
def test_a_value_that_cannot_be_used_is_one_line(name: str, value: str, error: str):
    with pytest.raises(SettingError) as caught:
        read_limits({name: value})
    assert str(caught.value) == error
