"""What pages say about a run, in both languages."""

from dataclasses import fields, replace

import pytest

from pages.shared.run_words import progress, setting_name, setting_value, title
from sentiment_core.experiments.reproduction.variation import Variation
from sentiment_core.messages import in_language
from sentiment_core.model.config import SETTINGS
from sentiment_core.model.settings import about
from sentiment_core.runs.card import trained_on
from sentiment_core.runs.reading import Run, load_run


@pytest.fixture
def run(toy_run) -> Run:
    return load_run(toy_run)


def test_a_title_names_status_and_control(run: Run):
    assert title(run) == run.name
    control = replace(run, recipe=run.recipe.change(shuffle_labels=True))
    assert title(control) == f"{run.name} (control: shuffled labels)"
    assert title(replace(control, status="running")) == f"{run.name} (control: shuffled labels, training)"
    with in_language("ko"):
        assert title(replace(control, status="failed")) == f"{run.name} (대조군: 레이블을 섞음, 실패함)"


@pytest.mark.parametrize(
    ("status", "english", "korean"),
    [
        ("running", "{0} is training: epoch 1 of 2, step {1}.", "{0}: 학습 중입니다(에폭 1/2, 스텝 {1})."),
        ("stopped", "{0} was stopped after epoch 1 of 2, step {1}. ", "{0}: 에폭 1/2, 스텝 {1} 뒤에 멈추었습니다. "),
        ("failed", "{0} failed after epoch 1 of 2, step {1}. ", "{0}: 에폭 1/2, 스텝 {1} 뒤에 실패했습니다. "),
        ("interrupted", "{0} was interrupted after ", "{0}: 에폭 1/2, 스텝 {1} 뒤에 중단되었습니다. "),
    ],
)
def test_progress_gives_the_epochs_done_and_how_to_resume(run: Run, status: str, english: str, korean: str):
    unfinished = replace(run, status=status, history=run.history[:-1])
    for language, expected in (("en", english), ("ko", korean)):
        with in_language(language):
            said = progress(unfinished)
        assert said is not None
        assert said.startswith(expected.format(run.name, f"{unfinished.history[-1].step:,}"))
        assert (f"train --resume {run.path}" in said) == (status != "running")


@pytest.mark.parametrize("status", ["interrupted", "stopped"])
def test_a_run_that_only_lacks_its_test_is_not_called_interrupted(run: Run, status: str):
    """Most trials of a sweep are such runs."""
    untested = replace(run, status=status)
    assert title(untested) == f"{run.name} (not tested)"
    said = progress(untested)
    assert said is not None
    assert said.startswith(f"{run.name} has been trained, but not tested: epoch 2 of 2, step ")
    assert f"train --resume {run.path}" in said


def test_a_complete_run_has_no_progress(run: Run):
    assert progress(run) is None


def test_devices_are_named_in_their_order(run: Run):
    moved = replace(run, machine={"processor": "x86", "threads": 2, "devices": ["cpu", "NVIDIA H100"]})
    assert trained_on(moved) == "2 CPU threads, x86, then NVIDIA H100"
    with in_language("ko"):
        assert trained_on(moved) == "CPU 스레드 2개, x86, 그다음 NVIDIA H100"


def test_every_setting_in_which_runs_can_differ_has_a_name_in_both_languages():
    names = [name for name, entry in SETTINGS.items() if about(entry).sets_apart and not about(entry).by_preset]
    names += ["data", *(entry.name for entry in fields(Variation))]
    assert setting_name("hidden_size") == "hidden size"
    with in_language("ko"):
        assert [name for name in names if not any("가" <= letter <= "힣" for letter in setting_name(name))] == []
        assert [setting_value(value) for value in (None, True, 0.5, "maxmean")] == ["없음", "예", "0.5", "maxmean"]
