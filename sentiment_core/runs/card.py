"""Writes the model card of a run from the contents of the run folder."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

from sentiment_core.messages import in_language, tr, tr_plural

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
A recurrent network that gives one number a review: the log-odds that it is positive. Written by Sentiment Lab.

| | |
|---|---|
| data | {source} ({sizes}), fingerprint {fingerprint} |
| status | {status} |
| test accuracy | {accuracy} |
| valid accuracy of the weights kept | {valid_accuracy:.2%}, after {epoch:g} epochs (step {step:,}) |
| training time | {seconds:.0f} s, validation left out; on {trained_on}{precisions} |

Beside this folder, read it with `python -m sentiment_core predict {name} "a text"`, or with transformers:

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

It reads the first {max_length} tokens and nothing after them. It has seen reviews of one kind in one language only, has
no notion of "neither", and repeats whatever bias its reviews carry. It is for teaching and comparing, not for deciding.
"""


_CONTROL = """
**A control, not a result.** The labels of its training reviews were shuffled: it was taught what says nothing of them,
and on reviews that it has not seen it can be right by chance alone. Do not judge reviews with it.
"""


def model_card(run: Run, scores: Scores | None) -> str:
    """The README.md of a run, as Markdown."""
    with in_language("en"):  # as the rest of the file
        where = trained_on(run)
    return _TEMPLATE.format(
        name=run.name,
        control=_CONTROL if run.recipe.shuffle_labels else "",
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
    """The devices that a run was trained on, in their order."""
    threads = run.machine["threads"]
    processor = tr_plural(
        "{count} CPU thread, {processor}",
        "{count} CPU threads, {processor}",
        threads,
        processor=run.machine["processor"],
    )
    devices = [processor if device == "cpu" else device for device in run.devices]
    return reduce(lambda earlier, later: tr("{earlier}, then {later}", earlier=earlier, later=later), devices)
