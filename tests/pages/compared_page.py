"""The Test set page opened in process, and a corpus whose classifiers have known answers."""

from functools import partial
from pathlib import Path

import numpy as np
from streamlit.testing.v1 import AppTest

from sentiment_core.classifiers.linear import COUNTS, Weights
from sentiment_core.classifiers.linear_files import save_linear
from sentiment_core.classifiers.protocol import Origin
from sentiment_core.runs.scores import Scores
from tests.pages.opening import open_page

opened = partial(open_page, "pages/compare/test_set.py")


def shown(app: AppTest) -> str:
    """All text of the page, without Markdown's escapes."""
    parts = [*app.header, *app.markdown, *app.caption, *app.error, *app.warning, *app.info]
    return "\n".join(part.value for part in parts).replace("\\", "")


def headline(app: AppTest) -> str:
    return str(app.header[0].value).replace("\\", "").replace("\xa0", " ")


def save_answers(folder: Path, origin: Origin, labels: np.ndarray, logits: np.ndarray) -> None:
    """A linear classifier in a folder with these answers on the test split."""
    learned = Weights("word", 1, COUNTS, ["good"], np.array([1.0], np.float32), None, 0.0)
    scores = Scores(labels, logits.astype(np.float32))
    save_linear(folder, learned, origin, {}, scores, scores)
