"""The choice of classifiers on the pages that compare them. It has the same key in the address of each."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

import streamlit as st

from pages.shared.hub_models import models_allowed
from pages.shared.layout import plain, start_anew
from pages.shared.run_words import title
from pages.shared.trained_runs import is_trained_here
from sentiment_core.messages import tr

if TYPE_CHECKING:
    from sentiment_core.runs.reading import Run

MOST = 4  # classifiers compared at once
_CHOSEN_TOO = "runs.chosen_too"  # key in the session
HUB_EXAMPLE = "distilbert/distilbert-base-uncased-finetuned-sst-2-english"


def unknown_classifiers(known: Collection[str]) -> list[str]:
    """The names in the address that this corpus does not have. Ask before `classifier_box`, which drops them."""
    return [name for name in st.query_params.get_all("runs") if name and name not in known]


def show_unknown(names: list[str]) -> None:
    """Warn about classifiers that the address names and this corpus does not have."""
    if names:
        warning = tr("This corpus has no classifier {names:or}.", names=[name[:80] for name in names[:4]])
        st.warning(plain(warning), icon=":material/warning:")


def open_choice(known: Collection[str], runs: Collection[str]) -> tuple[bool, list[str] | None]:
    """Warn about unknown classifiers in the address. A page calls this once, before it makes its widgets.

    Returns whether the reader has just changed the corpus, and the default of `classifier_box`: rnn and bilstm if there
    are such runs, else the first two.
    """
    usual = ["rnn", "bilstm"] if {"rnn", "bilstm"} <= set(runs) else list(runs)[:2]
    unknown = unknown_classifiers(known)
    anew = start_anew(runs=usual)
    if not anew:
        show_unknown(unknown)
    return anew, None if anew else usual


def choose_too(name: str) -> None:
    """Put a classifier among the chosen ones in the next run of the page.

    It takes the place of the last one if there are as many as can be compared.
    """
    st.session_state[_CHOSEN_TOO] = name


def is_chosen(name: str) -> bool:
    """Whether a classifier is chosen, or is about to be."""
    return name in (*st.session_state.get("runs", ()), st.session_state.get(_CHOSEN_TOO))


def classifier_box(known: Collection[str], default: list[str] | None, runs: Mapping[str, Run]) -> list[str]:
    """Show the box and return the chosen names. default: None if the page has just set the box itself.

    runs: those of the known that are runs. Below the box stands when those were trained that were trained here.
    """
    if (name := st.session_state.pop(_CHOSEN_TOO, None)) in known:
        chosen = [other for other in st.session_state.get("runs", default or []) if other != name]
        st.session_state["runs"] = [*chosen[: MOST - 1], name]
        default = None
    chosen = st.multiselect(
        tr("Classifiers"), list(known), default=default, max_selections=MOST, key="runs", bind="query-params"
    )
    if here := [title(runs[name]) for name in chosen if name in runs and is_trained_here(runs[name].path)]:
        st.caption(plain(" · ".join(here)))
    return chosen


def model_box() -> str:
    """A box for the name of a Hub text classifier. Shows nothing if this server allows none."""
    allowed = models_allowed()
    if allowed == []:
        return ""
    return st.text_input(
        tr("A text classifier from the Hub"),
        key="hub",
        bind="query-params",
        max_chars=200,
        placeholder=allowed[0] if allowed else HUB_EXAMPLE,
        help=tr("Its id, like owner/name. Its weights must be safetensors of at most 1 GB."),
    ).strip()
