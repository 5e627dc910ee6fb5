"""The headline of the Test set page: how often each classifier is right."""

from __future__ import annotations

from pages.compare.test_set_parts.view import TestSetView
from sentiment_core.messages import tr


def show_headline(view: TestSetView) -> None:
    """Say how often each classifier is right."""
    for name in view.names:
        accuracy = float(view.compared.right(name, view.threshold).mean())
        view.say(
            tr(
                "{name} is right on {share:.1%} of {count} reviews.",
                name=name,
                share=accuracy,
                count=len(view.compared),
            )
        )
