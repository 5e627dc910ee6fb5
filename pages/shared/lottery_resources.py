"""Seed lotteries as pages see them. Many readers follow one, and one of them reads its folder for all."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from pages.shared import resources, training_resources
from pages.shared.folders import live_runs
from pages.shared.training_data import DataSet, Recipe, reading_and_place
from pages.shared.visitors import may_train, training_is_off, visitor
from sentiment_core.analysis.evaluation.compared import Compared, compare, scored_run
from sentiment_core.errors import JobError
from sentiment_core.jobs import lottery as lotteries
from sentiment_core.jobs.lottery import Drawn, Lottery, Ticket
from sentiment_core.jobs.requests import Network, TrainingRequest
from sentiment_core.runs.reading import load_run

LOOK_EVERY = 1.0  # seconds for which all readers of a lottery share one look


def open_lottery(data: DataSet, recipes: Sequence[Recipe], most: int, title: str) -> Lottery:
    """Open a lottery of this visitor, with one or two recipes.

    Raises JobError if the visitor may not train or the folder cannot be written, DataError if the reviews are not at
    hand.
    """
    who = visitor()
    if not may_train(who):
        raise JobError(training_is_off())
    reading, place = reading_and_place(data)
    names: list[str] = []
    for recipe in recipes:
        name = training_resources.architecture(recipe)
        names.append(name if name not in names else f"{name}-b")
    template = TrainingRequest(
        networks=tuple(Network(name, recipe.change(seed=0)) for name, recipe in zip(names, recipes, strict=True)),
        reading=reading,
        folder=str(place),
        card=str(data.card.path.resolve()) if data.card else "",
        title=title.strip()[:80],
        visitor=who.id,
    )
    return lotteries.open_lottery(live_runs(), template, most)


def find_lottery(code: str) -> Lottery | None:
    """The lottery with this code; None if there is none."""
    return lotteries.find_lottery(live_runs(), code)


def own_lotteries() -> list[Lottery]:
    """The lotteries that this visitor opened, the newest first; for a local visitor all."""
    who = visitor()
    return [found for found in lotteries.list_lotteries(live_runs()) if who.may_control(found.template.visitor)]


def may_draw_again(lottery: Lottery) -> bool:
    """Whether the visitor may draw several seeds: who opened the lottery, and local visitors."""
    return visitor().may_control(lottery.template.visitor)


def draw(lottery: Lottery) -> Ticket:
    """Draw a seed for the visitor. Raises JobError if the visitor may not train, or there is no seed or no room."""
    who = visitor()
    if not may_train(who):
        raise JobError(training_is_off())
    ticket = lotteries.draw(lottery, who.id, again=may_draw_again(lottery))
    _drawn.clear()
    training_resources.look_again()
    return ticket


def drawn(lottery: Lottery) -> list[Drawn]:
    """The seeds that were drawn and how far each has come, by recipe and seed."""
    return _drawn(lottery.folder)


def is_own(ticket: Ticket) -> bool:
    """Whether the visitor drew this seed."""
    return visitor().owns(ticket.visitor)


def compared(lottery: Lottery, pair: tuple[Ticket, Ticket]) -> Compared:
    """Two complete seeds on the same test reviews. Raises ClassifierError or RunError if they have no scores."""
    return _compared(*(lotteries.run_folder(lottery, ticket) for ticket in pair))


def corpus_address(lottery: Lottery) -> dict[str, str]:
    """The corpus with which the lottery's runs stand, for the address of another page."""
    folders = {Path(path).resolve() for path in (lottery.template.card, lottery.template.folder) if path}
    names = [corpus.name for corpus in resources.corpora()[0] if corpus.path.resolve() in folders]
    return {"corpus": names[0]} if names else {}


@st.cache_resource(max_entries=32, ttl=LOOK_EVERY, show_spinner=False)
def _drawn(folder: Path) -> list[Drawn]:
    found = lotteries.find_lottery(folder.parents[1], folder.name)
    return lotteries.read_drawn(found) if found else []


@st.cache_resource(max_entries=32, show_spinner=False)
def _compared(first: Path, second: Path) -> Compared:
    return compare([scored_run(load_run(folder)) for folder in (first, second)])
