"""What all figures share: text that is legible on both of the app's backgrounds."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from sentiment_core.analysis.drift.projection import Drift
from sentiment_core.analysis.lengths import summarise_lengths
from sentiment_core.classifiers.prediction import Prediction
from sentiment_core.figures.drift import draw_drift
from sentiment_core.figures.drift_axis import draw_ends, draw_positions
from sentiment_core.figures.one_review import draw_probabilities
from sentiment_core.figures.style import (
    CLASSIFIERS,
    DASHES,
    FONTS,
    INKS,
    MARKS,
    NEGATIVE,
    NEUTRAL,
    POSITIVE,
    Figure,
    inked,
)
from sentiment_core.figures.token_lengths import draw_lengths
from sentiment_core.text.corpus import LengthTable, TokenTable
from tests.figures.checking import checked

CONFIG = tomllib.loads((Path(__file__).parents[2] / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
IDS = np.array([1, 2, 3])
POSITIONS = np.array([[0, 0.0, 0.1, 0.0], [0, 0.8, -0.5, 0.81]])
TABLE = TokenTable(
    np.array(["[PAD]", "good", "dull", "the"], dtype=object), np.ones((4, 2)), np.array([0.0, 1.0, -1.0, 0.0])
)


def all_figures() -> dict[str, Figure]:
    coordinates = np.random.default_rng(0).normal(size=(2, 4, 2)).astype(np.float32)
    drift = Drift(coordinates, np.ones((2, 2)) / 2, np.zeros(2), np.zeros((2, 4)), np.zeros(2), 2)
    lengths = LengthTable(np.full(4, "train", dtype=object), np.array([0, 1, 0, 1]), np.array([1, 9, 30, 40]))
    return {
        "one review": draw_probabilities(
            {"rnn": Prediction(1.0, 3, 3, 0, 3, 3, 1.0), "gru": Prediction(-1.0, 3, 3, 3, 3, 0, 1.0)}
        ),
        "token lengths": draw_lengths(summarise_lengths(lengths, "train"), 20, 10),
        "drift": draw_drift(drift, 1, TABLE, IDS, IDS, legend=True),
        "positions": draw_positions([0.0, 1.0], POSITIONS, IDS, TABLE, (-1.0, 1.0)),
        "ends": draw_ends(POSITIONS[-1], IDS, IDS, TABLE),
    }


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb, as WCAG 2.1 defines it."""
    channels = np.array([int(colour[place : place + 2], 16) for place in (1, 3, 5)]) / 255
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])


def contrast(one: str, other: str) -> float:
    low, high = sorted([luminance(one), luminance(other)])
    return (high + 0.05) / (low + 0.05)


def texts(figure: Figure, background: str) -> Iterator[tuple[str, str, str]]:
    """The place, colour and background of each text."""
    layout = figure["layout"]
    yield "figure", layout["font"]["color"], background
    yield "legend", layout["legend"]["font"]["color"], background
    for name in ("xaxis", "yaxis"):
        yield f"{name} ticks", layout[name]["tickfont"]["color"], background
        yield f"{name} title", layout[name]["title"]["font"]["color"], background
    for note in layout["annotations"]:
        yield note["text"], note["font"]["color"], note.get("bgcolor", background)
    for trace in figure["data"]:
        if "text" in trace.get("mode", ""):
            yield "marks", trace["textfont"]["color"], background


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", all_figures())
def test_every_text_of_a_figure_is_legible_on_the_themes_background(name: str, theme: str):
    figure = inked(all_figures()[name], theme)
    checked(figure)
    poor = [
        (place, round(contrast(colour, behind), 2))
        for place, colour, behind in texts(figure, CONFIG[theme]["backgroundColor"])
        if contrast(colour, behind) < 4.5
    ]
    assert poor == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_has_the_pages_colour_and_marks_are_visible(theme: str):
    assert INKS[theme] == CONFIG[theme]["textColor"]
    behind = CONFIG[theme]["backgroundColor"]
    assert min(contrast(colour, behind) for colour in (POSITIVE, NEGATIVE, NEUTRAL, *CLASSIFIERS)) >= 3
    assert not {POSITIVE, NEGATIVE, NEUTRAL} & set(CLASSIFIERS)
    assert len(set(CLASSIFIERS)) == len(set(DASHES)) == len(set(MARKS)) == 4  # at most four are compared
    for figure in all_figures().values():
        for note in figure["layout"].get("annotations", []):
            for colour in re.findall("color:(#[0-9a-f]{6})", note["text"]):
                assert contrast(colour, behind) >= 3


def test_contrast_follows_wcag():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_an_explicit_text_colour_is_kept():
    notes = inked(all_figures()["drift"], "dark")["layout"]["annotations"]
    assert {note["font"]["color"] for note in notes} == {"#1c232b"}, "dark ink on its own light chip"


@pytest.mark.parametrize("name", all_figures())
def test_a_figure_names_fonts_that_have_hangul(name: str):
    layout = all_figures()[name]["layout"]
    assert layout["font"]["family"] == layout["hoverlabel"]["font"]["family"] == FONTS
    assert {'"Malgun Gothic"', '"Apple SD Gothic Neo"', '"Noto Sans CJK KR"'} <= set(FONTS.split(", "))
