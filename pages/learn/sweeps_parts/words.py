"""What the page says of a sweep in words."""

from __future__ import annotations

from collections.abc import Sequence

from pages.shared.run_words import setting_name, setting_value
from sentiment_core.experiments.sweeps.course import is_over
from sentiment_core.experiments.sweeps.plan import Sweep
from sentiment_core.experiments.sweeps.results import SettingResult, Stand, count_ended
from sentiment_core.messages import lazy, tr, tr_plural
from sentiment_core.messages.numbers import percent

STANDS = {
    Stand.FAILED: lazy("failed"),
    Stand.STARTED: lazy("begun"),
    Stand.WAITING: lazy("waiting"),
    Stand.TRAINED: lazy("trained"),
    Stand.COMPLETE: lazy("trained, test read"),
}


def setting_label(sweep: Sweep, number: int) -> str:
    """The values of a setting in words."""
    setting = sweep.settings[number]
    said = [f"{setting_name(name)} {setting_value(value)}" for name, value in setting.items()]
    return ", ".join(said) or sweep.base.preset


def stand_text(result: SettingResult, over: bool) -> str:
    """How far a setting is. over: whether nothing is left to train."""
    if over and result.stand == Stand.STARTED:
        return tr("ended early")
    return str(STANDS[result.stand])


def progress_text(sweep: Sweep, results: Sequence[SettingResult], at_work: bool) -> str:
    """What is trained, and how much of it is done."""
    settings = tr_plural("{count} setting", "{count} settings", len(results))
    seeds = tr_plural("{count} seed", "{count} seeds", len(sweep.seeds))
    said = tr(
        "{preset} on {data}: {settings}, {seeds} each, search {search}. {done} of {all} runs are trained to the end.",
        preset=sweep.base.preset,
        data=sweep.source,
        settings=settings,
        seeds=seeds,
        search=sweep.search.kind,
        done=count_ended(results),
        all=len(sweep.trials),
    )
    if at_work or is_over(sweep, results):
        return said
    return " ".join([said, tr("Nobody is at work on it now: the same command goes on.")])


def result_text(sweep: Sweep, best: SettingResult) -> str:
    """Which setting is best so far, and what it is worth on test if that was read."""
    number, label, share = best.number + 1, setting_label(sweep, best.number), percent(best.valid or 0.0, 2)
    said = tr("Best by valid: setting {number} ({label}), {share} on valid.", number=number, label=label, share=share)
    if best.spread is not None:
        said = tr(
            "Best by valid: setting {number} ({label}), {share} ± {spread} on valid.",
            number=number,
            label=label,
            share=share,
            spread=percent(best.spread, 2),
        )
    if best.test is None:
        return said
    if sweep.test_all:
        test = tr("On test, which was read for every setting: {share}.", share=percent(best.test, 2))
    else:
        test = tr("On test, which was read once, for this setting: {share}.", share=percent(best.test, 2))
    return f"{said} {test}"


def failures(sweep: Sweep, results: Sequence[SettingResult]) -> list[str]:
    """A line for each run that failed, with the reason."""
    return [
        tr("{run} failed: {reason}", run=one.trial.name, reason=one.problem)
        for result in results
        for one in result.trials
        if one.stand == Stand.FAILED and one.problem is not None
    ]
