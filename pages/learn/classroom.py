"""Class: a teacher shows reviews, a class votes on its phones, and both are compared with the models and the truth."""

from __future__ import annotations

from pages.learn.classroom_parts.opening import show_opening
from pages.learn.classroom_parts.running import show_class
from pages.shared import class_resources as resources
from pages.shared.layout import corpus_header, errors_shown
from sentiment_core.messages import tr

corpus = corpus_header(
    tr("Class"),
    tr("A whole class reads reviews and votes with its phones. Who judges better: the class or the models?"),
    tr(
        """
- **Each question** is one review. First everybody votes: positive or negative, and how sure. Nobody sees how the
  others vote until you close the votes.
- **Then** the votes are split by how sure they are, the models say their verdicts, and last comes the truth: the label
  that the author's stars or the data set gave the review.
- **The results** compare the class with each model, over all questions whose truth is known.
- **Keys**: space or → does what the large button says. In full screen, the keys of a presenter do so too.
- **Follow me**: as long as the class is open, a bar on every page shows what you see there on all phones.
- **What is kept**: votes without names. All of it is deleted when you end the class, or by itself after some hours.
"""
    ),
)
with errors_shown():
    resources.take_over_by_link()
    room = resources.own_class()
    if room is None:
        show_opening()
    else:
        show_class(room, corpus)
