"""The table of settings: values, defaults, what is refused and in which words, and the documentation."""

import os
from pathlib import Path

import pytest

from sentiment_core.environment import table, variables
from sentiment_core.environment.check import check_environment, without_secrets
from sentiment_core.environment.kinds import may_be_written
from sentiment_core.environment.variables import VARIABLES
from sentiment_core.errors import SettingError
from sentiment_core.experiments.lessons import LESSONS
from sentiment_core.model.device import DEVICES

TOKEN = "s3cret-" * 4


def wrong(environment: dict[str, str]) -> list[str]:
    return [str(error) for error in check_environment(environment, lessons=LESSONS).errors]


def test_the_empty_environment_is_right_and_gives_the_defaults():
    checked = check_environment({}, lessons=LESSONS)
    assert (checked.errors, checked.warnings) == ((), ())
    assert all(row.value({}) == row.default for row in VARIABLES)
    assert len({row.name for row in VARIABLES}) == len(VARIABLES)


def test_a_default_can_be_set_too():
    """Otherwise the table would show a value that the server refuses."""
    for row in VARIABLES:
        for default in (row.default, row.visitors):
            if not row.unset and default is not None:
                assert row.read(table.shown(default)) == default, row.name


def test_some_defaults_are_tighter_where_every_visitor_trains():
    assert variables.JOB_MINUTES.value({"SENTIMENT_TRAINING": " On"}) == 30
    assert variables.JOB_MINUTES.value({"SENTIMENT_TRAINING": "on", "SENTIMENT_JOB_MINUTES": "0"}) == 0
    assert variables.JOB_MINUTES.value({"SENTIMENT_TRAINING": "auto"}) == 0


def test_a_blank_value_is_the_default_but_an_empty_list_of_models_allows_none():
    blank = {row.name: "  " for row in VARIABLES}
    assert variables.TITLE.value(blank) == "Sentiment Lab"
    assert variables.RUNS.value(blank) is None
    assert variables.MODELS.value({}) is None
    assert variables.MODELS.value(blank) == ()
    assert wrong(blank) == []


@pytest.mark.parametrize(
    ("name", "value", "error"),
    [
        ("LANGUAGE", "de", "SENTIMENT_LANGUAGE is 'de'. Set it to auto, en or ko."),
        ("HUB", "yes", "SENTIMENT_HUB is 'yes'. Set it to auto, on or off."),
        ("DEVICE", "tpu", "SENTIMENT_DEVICE is 'tpu'. Set it to auto, cpu, cuda or mps."),
        ("LESSON", "sums", f"SENTIMENT_LESSON is 'sums'. Set it to {', '.join(list(LESSONS)[:-1])} or pooling."),
        ("LESSON", "../x", "SENTIMENT_LESSON is '../x'. Set it to the code of a lesson, as docs/lessons.md lists "
         "them."),
        ("TITLE", "two\nlines", "SENTIMENT_TITLE is 'two\\nlines'. Set it to a line of at most 60 characters."),
        ("TITLE", "x" * 90, f"SENTIMENT_TITLE is '{'x' * 80}...'. Set it to a line of at most 60 characters."),
        ("MODELS", "a/b, ../c", "SENTIMENT_MODELS is 'a/b, ../c'. Set it to ids of models on the Hub such as "
         "owner/name, separated by commas."),
        ("CLASS_HOURS", "0", "SENTIMENT_CLASS_HOURS is '0'. Set it to a number from 0.1 to 168."),
        ("JOBS_MOST", "1e3", "SENTIMENT_JOBS_MOST is '1e3'. Set it to a whole number from 1."),
        ("JOBS_DAYS", "inf", "SENTIMENT_JOBS_DAYS is 'inf'. Set it to a number from 0."),
        ("CHECKPOINTS", "/no/such", "SENTIMENT_CHECKPOINTS is '/no/such'. Set it to a folder that is there."),
        ("RUNS", __file__, f"SENTIMENT_RUNS is {__file__!r}. Set it to a folder that may be written to."),
        ("IMDB", "/no/such", "SENTIMENT_IMDB is '/no/such'. Set it to a file or folder that is there."),
        ("CACHE", "a\0b", "SENTIMENT_CACHE is 'a\\x00b'. Set it to a folder that may be written to."),
        ("VECTORS", f"{__file__}{os.pathsep}/no/such", f"SENTIMENT_VECTORS is '{__file__}{os.pathsep}/no/such'. Set it "
         f"to files or folders that are there, separated by {os.pathsep!r}."),
        ("ADMIN_TOKEN", "hunter2", "SENTIMENT_ADMIN_TOKEN has a value that cannot be used. Set it to 16 to 200 "
         "characters that nobody can guess: letters, digits and signs, without spaces."),
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_used_is_one_line(name: str, value: str, error: str):
    assert wrong({f"SENTIMENT_{name}": value}) == [error]


def test_all_wrong_values_are_told_at_once_in_the_order_of_the_table():
    errors = wrong({"SENTIMENT_JOBS_MB": "-1", "SENTIMENT_TRAINING": "yes", "SENTIMENT_UPLOAD_ROWS": "0"})
    assert [error.split()[0] for error in errors] == [
        "SENTIMENT_TRAINING",
        "SENTIMENT_JOBS_MB",
        "SENTIMENT_UPLOAD_ROWS",
    ]
    assert all("\n" not in error for error in errors)


def test_a_value_without_use_on_this_machine_is_refused_only_by_the_check(tmp_path: Path):
    """Reading is done in each rerun of a page, and must not look at the disk."""
    environment = {"SENTIMENT_CHECKPOINTS": str(tmp_path / "absent")}
    assert variables.CHECKPOINTS.value(environment) == tmp_path / "absent"
    with pytest.raises(SettingError):
        variables.CHECKPOINTS.check(environment)
    assert wrong({"SENTIMENT_CHECKPOINTS": str(tmp_path), "SENTIMENT_RUNS": str(tmp_path / "to be" / "made")}) == []


def test_a_folder_is_writable_if_the_nearest_one_above_it_is(tmp_path: Path):
    (tmp_path / "file").touch()
    assert may_be_written(tmp_path / "a" / "b")
    assert not may_be_written(tmp_path / "file")
    assert not may_be_written(tmp_path / "file" / "below")


def test_a_name_that_is_no_setting_is_a_warning_with_the_nearest_one():
    names = ("SENTIMENT_TRANING", "SENTIMENT_JOB_MB", "SENTIMENT_ZZZ", "SENTIMENT_REQUIRE_NODE", "HOME")
    checked = check_environment(dict.fromkeys(names, "on"), lessons=LESSONS)
    assert checked.errors == ()
    assert [str(warning) for warning in checked.warnings] == [
        "SENTIMENT_TRANING is no setting. Did you mean SENTIMENT_TRAINING?",
        "SENTIMENT_JOB_MB is no setting. Did you mean SENTIMENT_JOBS_MB?",
        "SENTIMENT_ZZZ is no setting. `python -m sentiment_core settings` lists them.",
    ]


def test_secrets_are_left_out_of_the_environment_of_other_processes():
    environment = {"SENTIMENT_ADMIN_TOKEN": TOKEN, "SENTIMENT_RUNS": "runs", "PATH": "/bin"}
    assert without_secrets(environment) == {"SENTIMENT_RUNS": "runs", "PATH": "/bin"}


def test_the_devices_are_those_that_networks_know():
    assert variables.DEVICE.kind.choices == DEVICES


def test_the_documentation_has_the_table():
    """After a change of the table: `python -m sentiment_core.environment.update`."""
    document = table.DOCUMENT.read_text(encoding="utf-8")
    assert table.placed(document) == document
    with pytest.raises(ValueError, match="settings"):
        table.placed("a document without the marks")
