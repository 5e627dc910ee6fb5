"""The kinds of jobs: which module does the work of which request.

To add a kind, write its request in `requests`, a module with `work(desk)`, and name it here.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable

from sentiment_core.jobs.desk import Desk
from sentiment_core.jobs.requests import FileRequest, ScoringRequest, TrainingRequest

# Kind of request -> the module whose `work` does it. A module is imported when needed: torch takes two seconds.
KINDS = {
    FileRequest.kind: "sentiment_core.jobs.file_scoring",
    ScoringRequest.kind: "sentiment_core.jobs.scoring",
    TrainingRequest.kind: "sentiment_core.jobs.training",
}


def function_of(kind: str) -> Callable[[Desk], None]:
    """The function that does the jobs of a kind, imported with all that it needs."""
    function: Callable[[Desk], None] = importlib.import_module(KINDS[kind]).work
    return function
