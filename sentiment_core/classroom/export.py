"""What a class leaves with its teacher: a table for spreadsheets, and a report to read or print.

Votes stand there by question and by how sure they were. Nothing says which phone gave them.
"""

from __future__ import annotations

import math
import time
from html import escape

from sentiment_core.classroom.records import STATED, SURE, Question, count_votes
from sentiment_core.classroom.room import Classroom
from sentiment_core.classroom.statistics import (
    CLASS,
    Judged,
    calibration,
    class_calibration,
    class_probability,
    class_side,
    cohen_kappa,
    fleiss_kappa,
    model_names,
    standings,
)
from sentiment_core.messages import LANGUAGES, current_language, in_language, tr
from sentiment_core.messages.numbers import number, percent
from sentiment_core.messages.polarity import LEANINGS
from sentiment_core.storage.tables import csv_bytes

_SIDES = {1: LEANINGS["positive"], 0: LEANINGS["negative"]}
_STYLE = """
body{font:16px/1.5 system-ui,"Noto Sans","Noto Sans KR","Apple SD Gothic Neo","Malgun Gothic",sans-serif;color:#1c232b;
background:#fff;max-width:64rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse;width:100%;margin:.5rem 0 1.5rem}
th,td{border-bottom:1px solid #c8ced6;padding:.35rem .5rem;text-align:left;vertical-align:top}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
blockquote{margin:.25rem 0;padding-left:.75rem;border-left:3px solid #8a9099;overflow-wrap:anywhere}
@media print{body{margin:0;max-width:none}h2,tr,blockquote{break-inside:avoid}}
"""


def class_csv(room: Classroom) -> bytes:
    """One row a question whose votes are closed: its votes by side and how sure, the class, each model, the truth."""
    judged = room.judged()
    tallies = [count_votes(list(votes.values()), room.joined) for _, votes in judged]
    columns: dict[str, list[object]] = {
        "question": list(range(1, len(judged) + 1)),
        "source": [question.source for question, _ in judged],
        "text": [question.text for question, _ in judged],
        "truth": [_code(question.truth) for question, _ in judged],
        "class": [_code(class_side(votes)) for _, votes in judged],
        "class_probability": [_rounded(class_probability(votes)) for _, votes in judged],
    }
    for side in ("positive", "negative"):
        for step in range(SURE):
            columns[f"{side}_sure_{step + 1}"] = [getattr(tally, side)[step] for tally in tallies]
    for name in model_names(judged):
        columns[f"model {name}"] = [_rounded(_probability(question, name)) for question, _ in judged]
    return csv_bytes(columns)


def results_csv(room: Classroom) -> bytes:
    """One row for the class, which comes first, and for each model, over the questions that are compared."""
    judged = room.judged()
    found = standings(judged)
    return csv_bytes(
        {
            "who": [one.name or "class" for one in found],
            "right": [one.right for one in found],
            "of": [one.of for one in found],
            "class_right": [one.class_right for one in found],
            "confidence": [_rounded(one.confidence) for one in found],
            "brier_score": [_rounded(one.brier) for one in found],
            "calibration_error": [_rounded(calibration(judged, one.name).error) for one in found],
            "kappa_with_class": [_rounded(_kappa(judged, one.name)) for one in found],
        }
    )


def class_html(room: Classroom) -> str:
    """A report in the class's language as one HTML file without scripts. Every text is escaped."""
    with in_language(room.language if room.language in LANGUAGES else "en"):
        judged = room.judged()
        title = tr("A class and the models")
        day = time.strftime("%Y-%m-%d")
        parts = [
            f"<h1>{escape(title)}</h1>",
            _paragraph(
                tr("{day}. {phones} phones, {count} questions.", day=day, phones=room.joined, count=len(judged))
            ),
            *_results(judged),
            *_sureness(judged),
            *(part for at, (question, _) in enumerate(judged, 1) for part in _question(at, question, room)),
        ]
        head = f'<meta charset="utf-8"><title>{escape(title)}</title><style>{_STYLE}</style>'
        meta = '<meta name="viewport" content="width=device-width">'
        body = "\n".join(["<main>", *parts, "</main>"])
        language = current_language()
        return (
            f'<!doctype html>\n<html lang="{language}">\n<head>{head}{meta}</head>\n<body>\n{body}\n</body>\n</html>\n'
        )


def _results(judged: Judged) -> list[str]:
    rows = []
    for one in standings(judged):
        name = one.name if one.name != CLASS else tr("the class")
        right, ours = (tr("{right} of {of}", right=count, of=one.of) for count in (one.right, one.class_right))
        numbers = one.brier, calibration(judged, one.name).error, _kappa(judged, one.name)
        rows.append([name, right, ours, _share(one.share), _share(one.confidence), *map(_number, numbers)])
    headings = [
        tr("who"),
        tr("right"),
        tr("the class on the same questions"),
        tr("share"),
        tr("how sure"),
        tr("Brier score, 0 is best"),
        tr("calibration error, 0 is best"),
        tr("agreement with the class (Cohen's kappa)"),
    ]
    kappa = fleiss_kappa(judged)
    agreed = tr("The votes agree with a Fleiss' kappa of {kappa:.2f}.", kappa=kappa)
    return [
        _heading(tr("Results")),
        _table(headings, rows),
        *([] if math.isnan(kappa) else [_paragraph(agreed)]),
    ]


def _sureness(judged: Judged) -> list[str]:
    found = class_calibration(judged)
    if not found.count.sum():
        return []
    rows = [
        [_share(stated), _share(share), str(count)]
        for stated, share, count in zip(STATED, found.right.tolist(), found.count.tolist(), strict=True)
    ]
    headings = [tr("votes that state"), tr("were right in"), tr("votes")]
    error = tr(
        "How sure votes are and how often such votes are right differ by {points:.0f} percentage points on average: "
        "the calibration error of the class.",
        points=100 * found.error,
    )
    return [_heading(tr("How sure, and how often right")), _table(headings, rows), _paragraph(error)]


def _question(at: int, question: Question, room: Classroom) -> list[str]:
    tally = room.tally(question.id)
    truth = tr("The label: {side}.", side=_SIDES[question.truth]) if question.truth is not None else ""
    headings = [tr("who"), tr("positive"), tr("negative")]
    rows = [[tr("the class"), str(sum(tally.positive)), str(sum(tally.negative))]]
    rows += [[one.run, percent(one.probability), percent(1 - one.probability)] for one in question.verdicts]
    return [
        _heading(str(at)),
        f"<blockquote>{escape(question.text)}</blockquote>",
        *([_paragraph(truth)] if truth else []),
        _table(headings, rows),
    ]


def _table(headings: list[str], rows: list[list[str]]) -> str:
    """A table whose first column is text and whose others are numbers."""
    head = "".join(f"<th{'' if at == 0 else ' class=n'}>{escape(text)}</th>" for at, text in enumerate(headings))
    lines = [
        "".join(f"<td{'' if at == 0 else ' class=n'}>{escape(text)}</td>" for at, text in enumerate(row))
        for row in rows
    ]
    return f"<table><tr>{head}</tr>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>"


def _heading(text: str) -> str:
    return f"<h2>{escape(text)}</h2>"


def _paragraph(text: str) -> str:
    return f"<p>{escape(text)}</p>"


def _kappa(judged: Judged, name: str) -> float:
    return cohen_kappa(judged, name) if name != CLASS else math.nan


def _probability(question: Question, name: str) -> float:
    return next((verdict.probability for verdict in question.verdicts if verdict.run == name), math.nan)


def _code(side: int | None) -> str:
    return {1: "positive", 0: "negative", None: ""}[side]


def _rounded(value: float) -> float | None:
    return None if math.isnan(value) else round(value, 4)


def _share(value: float) -> str:
    return "-" if math.isnan(value) else percent(value)


def _number(value: float) -> str:
    return "-" if math.isnan(value) else number(value, ".2f")
