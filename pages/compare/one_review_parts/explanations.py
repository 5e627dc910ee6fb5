"""Explanations of one text, kept for each classifier, text and method. All readers share them.

Those of networks take a few kB each. 512 are enough for a class of 200 in which two networks read the text of each.
"""

from __future__ import annotations

import streamlit as st

from pages.compare.one_review_parts.view import BY_STAMP, Reader
from sentiment_core.analysis.explanation import prefixes
from sentiment_core.analysis.explanation import salience as methods
from sentiment_core.analysis.explanation.prefixes import PrefixCurve
from sentiment_core.analysis.explanation.salience import Salience
from sentiment_core.classifiers.parts import Contributions


def takes_long(reader: Reader) -> bool:
    """Whether its explanations of a new text may take more than a second. Each reads the text about once a token."""
    return reader.view.read**2 > reader.classifier.tokens_a_second


@st.cache_resource(max_entries=512, show_spinner=False, hash_funcs=BY_STAMP)
def curve(reader: Reader, text: str) -> PrefixCurve:
    """The verdict of a reader after each token of its text."""
    return prefixes.prefix_curve(reader.classifier, reader.view)


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs=BY_STAMP)
def contributions(reader: Reader, text: str) -> Contributions:
    """What each n-gram of the text adds for a reader that is linear."""
    return reader.classifier.contributions(reader.view)


@st.cache_resource(max_entries=512, show_spinner=False, hash_funcs=BY_STAMP)
def salience(reader: Reader, text: str, method: str) -> Salience | None:
    """What each token of its text adds for a reader, by a method. None if it cannot say."""
    if not methods.can_explain(reader.classifier, method):
        return None
    return methods.salience(reader.classifier, reader.view, method)
