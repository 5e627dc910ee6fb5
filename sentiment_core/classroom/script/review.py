"""One review of the script."""

from __future__ import annotations

from dataclasses import dataclass

from sentiment_core.classroom.script.phenomena import PHENOMENA
from sentiment_core.messages import Message


@dataclass(frozen=True)
class ScriptReview:
    """A review, its truth and what it shows."""

    code: str  # what it shows, a key of PHENOMENA; each occurs once in a language
    text: str
    truth: int  # 1 positive, 0 negative: as the author of the text meant it, or the data set's label
    row: int | None = None  # in the test split of the Korean reviews (CC0); None if it was written for this program

    @property
    def title(self) -> Message:
        """What it shows, in a few words."""
        return PHENOMENA[self.code].title

    @property
    def note(self) -> Message:
        """What the teacher may point out once the truth is shown."""
        return PHENOMENA[self.code].note
