"""Prints what the classifiers of a corpus say of each review of the script, as a Markdown table.

`python -m sentiment_core.classroom.script [FOLDER ...]`: folders of corpora. The default are the two
published ones.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from sentiment_core.classifiers.linear_files import list_linear
from sentiment_core.classifiers.loading import load_classifier
from sentiment_core.classroom.script import COURSE, ScriptReview, script_in
from sentiment_core.runs.listing import is_control, list_runs
from sentiment_core.text.corpus import Corpus, load_corpus

PUBLISHED = ("checkpoints/imdb", "checkpoints/korean")


def verdicts(corpus: Corpus, reviews: tuple[ScriptReview, ...]) -> dict[str, list[float]]:
    """The probability of positive, 0 to 1, that each classifier of a corpus gives each review, without controls."""
    folders = [run.path for run in list_runs(corpus)[0] if not is_control(run)] + list_linear(corpus.path)
    texts = [review.text for review in reviews]
    found = {}
    for folder in folders:
        classifier = load_classifier(folder, threads=1)
        found[folder.name] = [prediction.probability for prediction in classifier.predict(texts)]
    return found


def table(reviews: tuple[ScriptReview, ...], said: dict[str, list[float]]) -> Iterator[str]:
    """The lines of a Markdown table of probabilities in percent. Those on the wrong side are bold."""
    yield f"| | review | truth | {' | '.join(said)} |"
    yield "|---|---|---|" + "---|" * len(said)
    for place, review in enumerate(reviews):
        cells = [f"{value:.0%}" if (value > 0.5) == review.truth else f"**{value:.0%}**" for value in _at(said, place)]
        truth = "positive" if review.truth else "negative"
        yield f"| {place + 1} | {review.title.in_language('en')} | {truth} | {' | '.join(cells)} |"
    for name, part in (("of the course", reviews[:COURSE]), ("of all", reviews)):
        right = [
            sum((value > 0.5) == review.truth for value, review in zip(of, part, strict=False)) for of in said.values()
        ]
        yield f"| | right {name} | | {' | '.join(f'{count} of {len(part)}' for count in right)} |"


def _at(said: dict[str, list[float]], place: int) -> list[float]:
    """What each says of the review at a place."""
    return [values[place] for values in said.values()]


def main() -> None:
    """Print a table for each corpus."""
    for folder in sys.argv[1:] or PUBLISHED:
        corpus = load_corpus(Path(folder))
        reviews = script_in(corpus.language)
        print(f"\n{corpus.name}: probability of positive\n")
        print("\n".join(table(reviews, verdicts(corpus, reviews))), flush=True)


if __name__ == "__main__":
    main()
