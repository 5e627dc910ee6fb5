"""Writes the model card of a run from the contents of the run folder."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

from sentiment_core.messages import in_language, tr, tr_plural
from sentiment_core.runs.listing import FAULT

if TYPE_CHECKING:
    from sentiment_core.runs.reading import Run
    from sentiment_core.runs.scores import Scores

_TEMPLATE = """\
---
license: mit
pipeline_tag: text-classification
tags: [sentiment, recurrent]
---
# {name}
{control}
A recurrent network that outputs one number per review: the log-odds that it is positive. Written by Sentiment Lab.

| | |
|---|---|
| data | {source} ({sizes}), fingerprint {fingerprint} |
| status | {status} |
| test accuracy | {accuracy} |
| valid accuracy of the weights kept | {valid_accuracy:.2%}, after {epoch:g} epochs (step {step:,}) |
| training time | {seconds:.0f} s without validation; on {trained_on}{precisions} |

From the folder that contains this one, use `python -m sentiment_core predict {name} "a text"`, or transformers:

```python
import sentiment_core.hub
from transformers import pipeline

pipeline("text-classification", "{name}")("a text")
```

## Recipe

| setting | value |
|---|---|
{settings}

## Limits

The network reads only the first {max_length} tokens. It was trained on one kind of review in one language, has no
neutral label, and repeats any bias in its training reviews. Use it for teaching and comparison, not for decisions.

The folder holds weights, counts and figures, and no review. Its vocabulary can still reveal words and names that occur
in several training reviews, and the weights which of them stood in negative or positive ones.
"""


_CONTROL = """
**A control, not a result.** The labels of its training reviews were shuffled, so they say nothing about the reviews. On
new reviews it can be right only by chance. Do not use it to judge reviews.
"""


_FAULTY = """
**A control, not a result.** It was trained with a mistake on purpose, for the debug lab. Do not use it to judge
reviews.
"""


def model_card(run: Run, scores: Scores | None) -> str:
    """The README.md of a run, as Markdown."""
    with in_language("en"):  # the language of the rest of the file
        where = trained_on(run)
    return _TEMPLATE.format(
        name=run.name,
        control=_FAULTY if FAULT in run.variation else _CONTROL if run.recipe.shuffle_labels else "",
        status=run.status,
        source=run.data["source"],
        fingerprint=run.data["fingerprint"],
        sizes=", ".join(f"{count:,} {name}" for name, count in run.data["sizes"].items()),
        accuracy="not read" if scores is None else f"{scores.accuracy:.2%} of {len(scores.labels):,} reviews",
        valid_accuracy=run.best.valid_accuracy,
        epoch=run.best.epoch,
        step=run.best.step,
        seconds=run.history[-1].seconds,
        trained_on=where,
        precisions=f"; computed in {', then '.join(run.precisions)}" if run.precisions else "",
        settings="\n".join(f"| {name} | {value} |" for name, value in run.settings().items()),
        max_length=run.recipe.max_length,
    )


def trained_on(run: Run) -> str:
    """The devices that a run was trained on, in the order of their use."""
    threads = run.machine["threads"]
    processor = tr_plural(
        "{count} CPU thread, {processor}",
        "{count} CPU threads, {processor}",
        threads,
        processor=run.machine["processor"],
    )
    devices = [processor if device == "cpu" else device for device in run.devices]
    return reduce(lambda earlier, later: tr("{earlier}, then {later}", earlier=earlier, later=later), devices)
