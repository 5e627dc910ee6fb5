"""The pages of this app in the order of the menu: script, address, title and description of each."""

from __future__ import annotations

from dataclasses import dataclass

from sentiment_core.environment import variables
from sentiment_core.messages import Message, lazy


def app_name() -> str:
    """What this server calls the app."""
    return variables.TITLE.value()


@dataclass(frozen=True)
class Page:
    """One page. The tour and the preview of a shared link show its description."""

    group: Message | None  # section of the menu; None for the first page
    name: Message
    address: str  # the last part of the page's URL; "" for the first page
    script: str  # path from the root of the project
    about: Message
    icon: str | None = None

    @property
    def section(self) -> str:
        """The section of the menu, in the current language."""
        return str(self.group) if self.group else ""

    @property
    def title(self) -> str:
        """The page's title, in the current language."""
        return str(self.name)

    @property
    def description(self) -> str:
        """A sentence about the page, in the current language."""
        return str(self.about)

    @property
    def browser_title(self) -> str:
        """The title of the browser's tab, in the current language."""
        return f"{self.title} · {app_name()}" if self.address else app_name()


_REVIEWS, _EMBEDDINGS, _COMPARE = lazy("Reviews"), lazy("Embeddings"), lazy("Compare")
_INSIDE, _LEARN = lazy("Inside"), lazy("Learn")
HOME = Page(
    None,
    lazy("Overview"),
    "",
    "pages/home/overview.py",
    lazy(
        "Watch recurrent networks learn whether a film review is positive: what they read, where its words move, and "
        "what each makes of the same text."
    ),
    ":material/home:",
)
PAGES = [
    HOME,
    Page(
        _REVIEWS,
        lazy("Token lengths"),
        "lengths",
        "pages/reviews/token_lengths.py",
        lazy("Some reviews are longer than what the networks read. What is lost?"),
    ),
    Page(
        _REVIEWS,
        lazy("What the model reads"),
        "reads",
        "pages/reviews/what_it_reads.py",
        lazy("Your text as pieces and numbers: all that a network ever sees of it."),
    ),
    Page(
        _EMBEDDINGS,
        lazy("Three words"),
        "three_words",
        "pages/embeddings/three_words.py",
        lazy("Two sentences and an embedding small enough to see whole: a first look at what learning does to words."),
    ),
    Page(
        _EMBEDDINGS,
        lazy("Drift"),
        "drift",
        "pages/embeddings/drift.py",
        lazy(
            "Words of different sentiment move apart while a network learns, although it is not told which are which."
        ),
    ),
    Page(
        _COMPARE,
        lazy("One review"),
        "review",
        "pages/compare/one_review.py",
        lazy("A late turn, a negation, a ramble: where the networks agree, and where they do not."),
    ),
    Page(
        _COMPARE,
        lazy("Test set"),
        "test_set",
        "pages/compare/test_set.py",
        lazy("Every test review at once: which network is better, by how much, and whether that could be chance."),
    ),
    Page(
        _INSIDE,
        lazy("Memory"),
        "memory",
        "pages/inside/memory.py",
        lazy("Hidden states and gates at each token: what a network keeps of your text, and what it lets go."),
    ),
    Page(
        _INSIDE,
        lazy("Forgetting"),
        "forgetting",
        "pages/inside/forgetting.py",
        lazy("How much of a word arrives at the end of a review, and why a plain RNN forgets."),
    ),
    Page(
        _INSIDE,
        lazy("Mechanics"),
        "mechanics",
        "pages/inside/mechanics.py",
        lazy("From token ids to logits in a few lines of PyTorch a step: padding, packing, states, heads, and traps."),
    ),
    Page(
        _LEARN,
        lazy("Lessons"),
        "lessons",
        "pages/learn/lessons.py",
        lazy("Six questions about learning, each answered by a training of a minute that you start and watch."),
    ),
    Page(
        _LEARN,
        lazy("Train"),
        "train",
        "pages/learn/train.py",
        lazy("One or two networks trained before your eyes, on reviews and with settings that you choose."),
    ),
    Page(
        _LEARN,
        lazy("Seed lottery"),
        "seeds",
        "pages/learn/seeds.py",
        lazy("One recipe, many seeds: a class sees how far luck alone moves an accuracy."),
    ),
    Page(
        _LEARN,
        lazy("Sweeps"),
        "sweeps",
        "pages/learn/sweeps.py",
        lazy("Many settings and seeds of one preset: which is best, and by more than luck?"),
    ),
    Page(
        _LEARN,
        lazy("Class"),
        "class",
        "pages/learn/classroom.py",
        lazy("A whole class votes on reviews with their phones, and is compared with the models."),
    ),
    Page(
        _LEARN,
        lazy("Debug lab"),
        "debug",
        "pages/learn/debug.py",
        lazy("One line of a training is wrong. Find out which by the pictures."),
    ),
    Page(
        _LEARN,
        lazy("Own data"),
        "own_data",
        "pages/learn/own_data.py",
        lazy("Your own reviews from a file: check how they are read, train on them, or have them scored."),
    ),
    Page(
        _LEARN,
        lazy("Privacy"),
        "privacy",
        "pages/home/privacy.py",
        lazy("What this server keeps about you, for how long, and buttons that delete it."),
    ),
]
