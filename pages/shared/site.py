"""The pages of this app in the order of the menu: their scripts, addresses, titles, and a sentence on each."""

from __future__ import annotations

from dataclasses import dataclass

NAME = "Sentiment Lab"


@dataclass(frozen=True)
class Page:
    """One page; its description stands in the tour and in the preview of a shared link."""

    section: str  # of the menu, none for the first page
    title: str
    address: str  # the last part of the page's URL, none for the first page
    script: str  # from the root of the project
    description: str
    icon: str | None = None

    @property
    def browser_title(self) -> str:
        """What the browser's tab says."""
        return f"{self.title} · {NAME}" if self.address else NAME


HOME = Page(
    "",
    "Overview",
    "",
    "pages/home/overview.py",
    "Watch recurrent networks learn whether a film review is positive: what they read, where its words move, and what "
    "each makes of the same text.",
    ":material/home:",
)
PAGES = [
    HOME,
    Page(
        "Reviews",
        "Token lengths",
        "lengths",
        "pages/reviews/token_lengths.py",
        "Some reviews are longer than what the networks read. What is lost?",
    ),
    Page(
        "Reviews",
        "What the model reads",
        "reads",
        "pages/reviews/what_it_reads.py",
        "Your text as pieces and numbers: all that a network ever sees of it.",
    ),
    Page(
        "Embeddings",
        "Three words",
        "three_words",
        "pages/embeddings/three_words.py",
        "Two sentences and an embedding small enough to see whole: a first look at what learning does to words.",
    ),
    Page(
        "Embeddings",
        "Drift",
        "drift",
        "pages/embeddings/drift.py",
        "Words part by sentiment while a network learns, though nobody tells it which is which.",
    ),
    Page(
        "Compare",
        "One review",
        "review",
        "pages/compare/one_review.py",
        "A late turn, a negation, a ramble: where the networks agree, and where they do not.",
    ),
]
