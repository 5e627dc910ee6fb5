"""The table of all variables, in the order in which docs/hosting.md lists them.

After a change run `python -m sentiment_core.environment.update`, which writes the table there.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sentiment_core.environment.kinds import (
    AUTO,
    HUB_ID,
    OFF,
    ON,
    choice,
    folder,
    line,
    names,
    number,
    paths,
    present,
    token,
    whole,
    word,
    writable,
)
from sentiment_core.environment.variable import WHO_TRAINS, Variable
from sentiment_core.messages import LANGUAGES, lazy

ENFORCE, REPORT = "enforce", "report"

# What the pages look like
TITLE = Variable(
    "SENTIMENT_TITLE", line(60), "Sentiment Lab", "name of the app on the Overview and in the browser's tab"
)
LANGUAGE = Variable(
    "SENTIMENT_LANGUAGE",
    choice(AUTO, *LANGUAGES),
    AUTO,
    "language for a visitor who has chosen none; `auto`: what the browser prefers",
)
LESSON = Variable(
    "SENTIMENT_LESSON",
    word(r"[a-z0-9_-]{1,40}", lazy("the code of a lesson, as docs/lessons.md lists them")),
    "",
    "lesson that the Overview leads to and *Lessons* shows first, by its code (docs/lessons.md)",
    unset="none",
)

# Who may do what
TRAINING = Variable(
    WHO_TRAINS,
    choice(AUTO, ON, OFF),
    AUTO,
    "who trains. `auto`: who sits at the machine that serves the page; `on`: every visitor; `off`: nobody in the page",
)
UPLOADS: Variable[str | None] = Variable(
    "SENTIMENT_UPLOADS",
    choice(AUTO, ON, OFF),
    None,
    "who brings files to *Own data*: `auto`, `on` or `off`",
    unset="as `SENTIMENT_TRAINING`",
)
HUB = Variable(
    "SENTIMENT_HUB",
    choice(AUTO, ON, OFF),
    AUTO,
    "who names models of the Hub. `auto`: everybody those of `SENTIMENT_MODELS`, and without that list only who sits "
    "at the machine; `on`: every visitor; `off`: nobody",
)
MODELS: Variable[tuple[str, ...] | None] = Variable(
    "SENTIMENT_MODELS",
    names(HUB_ID.pattern, lazy("ids of models on the Hub such as owner/name, separated by commas"), blank=True),
    None,
    "the only Hub models that may be named, separated by commas; set to nothing: none",
    unset="any",
)
CLASSES = Variable(
    "SENTIMENT_CLASSES",
    choice(AUTO, ON, OFF),
    AUTO,
    "who opens a class. `auto`: who sits at the machine; `on`: every visitor; `off`: nobody",
)
CLASS_HOURS = Variable("SENTIMENT_CLASS_HOURS", number(0.1, 168), 8.0, "hours after which a class is removed")
CLASSES_MOST = Variable("SENTIMENT_CLASSES_MOST", whole(1), 20, "classes that are open at a time (1 or more)")
CLASS_SEATS = Variable("SENTIMENT_CLASS_SEATS", whole(1, 5000), 500, "phones that join one class (1 to 5000)")
ADMIN_TOKEN = Variable(
    "SENTIMENT_ADMIN_TOKEN",
    token(),
    "",
    "secret with which another machine may read `metrics` (16 characters or more)",
    unset="only this machine may",
    secret=True,
)

# By which addresses and from which pages the app is used
HOSTS: Variable[tuple[str, ...]] = Variable(
    "SENTIMENT_HOSTS",
    names(
        r"\*|(\*\.)?[A-Za-z0-9._-]+|[0-9A-Fa-f:.]+:[0-9A-Fa-f:.]*",
        lazy("hosts without scheme and port, separated by commas, such as lab.example.org"),
    ),
    (),
    "hosts by which the app is reached, separated by commas; `*.example.org` is any below it",
    unset="this machine, addresses and names of the local network, and what a proxy lets in",
)
FRAME_ANCESTORS: Variable[tuple[str, ...]] = Variable(
    "SENTIMENT_FRAME_ANCESTORS",
    names(r"https?://(\*\.)?[\w.-]+(:\d{1,5})?", lazy("sites such as https://lms.example.org, separated by commas")),
    (),
    "sites that may show the app in a frame, separated by commas, such as a school's LMS",
    unset="the app alone",
)
CONTENT_POLICY = Variable(
    "SENTIMENT_CONTENT_POLICY",
    choice(ENFORCE, REPORT),
    ENFORCE,
    "`enforce`: browsers refuse what the content policy of the pages does not allow; `report`: they only complain",
)
REQUESTS_A_MINUTE = Variable("SENTIMENT_REQUESTS_A_MINUTE", number(), 600.0, "requests of one visitor in a minute")
ACTIONS_A_MINUTE = Variable(
    "SENTIMENT_ACTIONS_A_MINUTE",
    number(),
    120.0,
    "jobs, uploads, exports and explained reviews of one visitor in a minute",
)
VISITORS_AN_ADDRESS = Variable(
    "SENTIMENT_VISITORS_AN_ADDRESS", number(), 300.0, "for how many visitors one address counts in these two"
)
SESSIONS_MOST: Variable[int | None] = Variable(
    "SENTIMENT_SESSIONS_MOST",
    whole(),
    None,
    "browser tabs that are served at once; others see a waiting room; 0 is no limit",
    unset="one for each 2 MB of memory that is left once the pages are open, less 200 MB; 20 or more",
)

# How much jobs and uploads may take
JOBS_AT_ONCE = Variable("SENTIMENT_JOBS_AT_ONCE", whole(), 0, "jobs that work at a time; 0 is one for every two cores")
JOBS_MOST = Variable("SENTIMENT_JOBS_MOST", whole(1), 100, "jobs that work, wait or pause (1 or more)")
JOBS_PER_VISITOR = Variable("SENTIMENT_JOBS_PER_VISITOR", whole(), 20, "of those, one visitor's", visitors=4)
JOB_MINUTES = Variable(
    "SENTIMENT_JOB_MINUTES",
    number(),
    0.0,
    "minutes that a job works, without waiting and pauses; it is then stopped and kept",
    visitors=30.0,
)
JOB_REVIEWS = Variable("SENTIMENT_JOB_REVIEWS", whole(), 0, "training reviews of a job", visitors=50_000)
JOB_TOKENS = Variable(
    "SENTIMENT_JOB_TOKENS",
    whole(),
    0,
    "tokens that each network of a job reads in training; it is then stopped and kept",
    visitors=100_000_000,
)
JOBS_MB = Variable(
    "SENTIMENT_JOBS_MB",
    whole(),
    5000,
    "megabytes of all trainings and their runs; the oldest make room",
    visitors=2000,
)
JOBS_DAYS = Variable(
    "SENTIMENT_JOBS_DAYS", number(), 30.0, "days after its end for which a training is kept", visitors=7.0
)
UPLOAD_MB = Variable("SENTIMENT_UPLOAD_MB", whole(1), 50, "megabytes of an uploaded file (1 or more)")
UPLOAD_ROWS = Variable("SENTIMENT_UPLOAD_ROWS", whole(1), 200_000, "rows of it (1 or more)")
UPLOAD_HOURS = Variable("SENTIMENT_UPLOAD_HOURS", number(), 24.0, "hours after which an upload is deleted")

# Where things are, and what computes
CHECKPOINTS: Variable[Path | None] = Variable(
    "SENTIMENT_CHECKPOINTS",
    folder(),
    None,
    "folder of the published corpora and runs",
    unset="`checkpoints/`",
)
RUNS: Variable[Path | None] = Variable(
    "SENTIMENT_RUNS",
    writable(),
    None,
    "folder of jobs, their runs, scores and uploads",
    unset="`runs/`",
)
CACHE: Variable[Path | None] = Variable(
    "SENTIMENT_CACHE",
    writable(),
    None,
    "folder for what can be computed again: token ids, texts of the test reviews",
    unset="the user's cache",
)
IMDB: Variable[Path | None] = Variable(
    "SENTIMENT_IMDB",
    present(),
    None,
    "IMDB's reviews, whose texts *Test set* then shows",
    unset="the Hub's cache",
)
KOREAN: Variable[Path | None] = Variable(
    "SENTIMENT_KOREAN",
    present(),
    None,
    "all of the Korean reviews, likewise",
    unset="the part that is included",
)
VECTORS: Variable[tuple[Path, ...]] = Variable(
    "SENTIMENT_VECTORS",
    paths(),
    (),
    "more files and folders of word vectors for analogies, separated as in `PATH`",
    unset="those included",
)
DEVICE = Variable(
    "SENTIMENT_DEVICE",
    choice(AUTO, "cpu", "cuda", "mps"),
    AUTO,
    "where networks compute; `auto` is CUDA if available, else the CPU",
)

VARIABLES: tuple[Variable[Any], ...] = tuple(row for row in list(globals().values()) if isinstance(row, Variable))
