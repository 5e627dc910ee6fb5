"""Six lessons, each around one training that a page starts live. Needs no torch.

docs/lessons.md has the measured figures; `python -m sentiment_core.experiments.lessons` prints them.
"""

from sentiment_core.experiments.lessons.learning import CLIPPING, LEARNS, RATE
from sentiment_core.experiments.lessons.lesson import Freedom, Lesson, LessonNetwork, LessonStep
from sentiment_core.experiments.lessons.reading import POOLING, SHUFFLED, TOKENS

LESSONS: dict[str, Lesson] = {lesson.code: lesson for lesson in (LEARNS, RATE, CLIPPING, SHUFFLED, TOKENS, POOLING)}

__all__ = ["LESSONS", "Freedom", "Lesson", "LessonNetwork", "LessonStep"]
