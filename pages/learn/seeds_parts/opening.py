"""The page without a lottery: type a code, or open a lottery."""

from __future__ import annotations

import streamlit as st

from pages.learn.seeds_parts.links import read_link
from pages.shared import lottery_resources as resources
from pages.shared.address import choice
from pages.shared.language import open_address
from pages.shared.layout import plain
from pages.shared.problems import told
from pages.shared.training_data import DataSet, Recipe, data_sets
from pages.shared.visitors import may_train, training_is_off, visitor
from sentiment_core.errors import SentimentError
from sentiment_core.experiments.starting_points import OFFERED, PAIR, starting_point
from sentiment_core.jobs.lottery import MOST_SEEDS
from sentiment_core.messages import current_language, tr

GROUP = "group"  # key in the address
_NONE = "none"
_CODE = "k7m2ph"  # such as


def show_opening() -> None:
    """Show the box for a code, the form of a new lottery, and the visitor's lotteries."""
    _join()
    st.header(tr("Open a lottery"), anchor=False)
    if not may_train(visitor()):
        st.info(plain(str(training_is_off())), icon=":material/lock:")
        return
    _form()
    if found := resources.own_lotteries():
        st.header(tr("Opened before"), anchor=False)
        for lottery in found[:20]:
            label = f"{lottery.code} · {', '.join(lottery.recipes)} · {lottery.template.title}".strip(" ·")
            if st.button(plain(label), key=f"open.{lottery.code}", icon=":material/casino:", type="tertiary"):
                _go_to(lottery.code)


def _join() -> None:
    with st.form("join", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        code = st.text_input(tr("Code of a lottery"), max_chars=20, placeholder=_CODE, width=200)
        entered = st.form_submit_button(tr("Go to the lottery"), icon=":material/login:")
    if entered and code.strip():
        _go_to(code.strip().lower())


def _go_to(code: str) -> None:
    open_address({GROUP: code})
    st.rerun()


def _form() -> None:
    known = data_sets()
    at_hand = {code: data for code, data in known.items() if data.reading is not None}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        names = {code: str(data.name) for code, data in at_hand.items()}
        usual = "korean" if current_language() == "ko" and "korean" in names else next(iter(names))
        data = at_hand[choice(st.selectbox, tr("Reviews"), names, "data", usual, width=240)]
        presets = {name: name for name in OFFERED}
        first = choice(st.selectbox, tr("Recipe"), presets, "first_recipe", PAIR[0], width=180)
        others = {_NONE: tr("none: one recipe")} | presets
        second = choice(st.selectbox, tr("Against"), others, "second_recipe", _NONE, width=180)
        most = int(st.number_input(tr("Seeds at most"), 2, MOST_SEEDS, 30, key="most", bind="query-params", width=140))
        title = st.text_input(tr("Name"), max_chars=80, key="title", placeholder=tr("Class 3b, Friday"), width=220)
    link = st.text_input(
        tr("Or the settings of a link from Train"),
        key="settings_link",
        max_chars=4000,
        placeholder="https://…/train?data=toy&a=rnn&a_clip=0",
        help=tr("Open Train, choose the settings, and copy the page's address. It replaces reviews and recipes above."),
    )
    if st.button(tr("Open the lottery"), type="primary", icon=":material/casino:", key="open_lottery"):
        try:
            chosen = _chosen(data, first, second, link, known)
            _go_to(resources.open_lottery(*chosen, most, title).code)
        except SentimentError as error:
            st.error(plain(told(error)), icon=":material/error:")


def _chosen(
    data: DataSet, first: str, second: str, link: str, known: dict[str, DataSet]
) -> tuple[DataSet, tuple[Recipe, ...]]:
    if link.strip():
        return read_link(link, known)
    return data, tuple(starting_point(name, data.source) for name in (first, second) if name != _NONE)
