"""Feeds damaged and hostile files to the reader: each must be read, or refused in one line, within seconds.

    python -m tests.text.fuzz_reader --minutes 60 --out fuzz

Half of the cases are valid files of each kind with bytes changed, cut, repeated or exchanged; half are made by
hypothesis. Each is shown, read as asked, read as the preview guesses, read without its bad rows, and scored. The
letters of an end (PRGBS) say which of these went through. A case that crashes, hangs or breaks a promise is kept in the
folder --out with its traceback.
"""

from __future__ import annotations

import argparse
import faulthandler
import random
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings

import sentiment_core as sc
from sentiment_core.classifiers.score_table import score_table
from sentiment_core.errors import SentimentError
from sentiment_core.text.label_table import groups_of, parse_labels, write_labels
from sentiment_core.text.preview import preview
from sentiment_core.text.reviews import read_reviews
from sentiment_core.text.table import Form
from sentiment_core.text.table_writing import KINDS
from tests.text.fuzz_cases import Case, case_strategy, mutated_case

PATIENCE = 10  # seconds for one file
CLASSIFIER = sc.load(Path(__file__).parents[2] / "checkpoints" / "imdb" / "tf-idf")  # a fast one


class Broken(AssertionError):
    """The reader broke a promise."""


def check(case: Case, folder: Path) -> str:
    """Read a case in every way. Returns how it ended; raises whatever no user can mend, and `Broken`."""
    path, out = folder / case.name, folder / f"scored{random.Random(case.content).choice(KINDS)}"
    path.write_bytes(case.content)
    try:
        seen = _try(lambda: preview(path, case.form))
        ends = [bool(seen), bool(_try(lambda: _read(path, case)))]
        if seen:  # as somebody does who takes over the guesses of the preview
            sides = {label.value: label.side for label in seen.labels}
            labels = write_labels(groups_of(sides)) if len(set(sides.values()) - {""}) == 2 else None
            ends.append(bool(_try(lambda: _read(path, replace(case, form=seen.form, labels=labels)))))
            lenient = replace(case, form=replace(seen.form, skip_bad_rows=True), labels=labels)
            ends.append(bool(_try(lambda: _read(path, lenient))))
            done = _try(lambda: score_table(path, seen.form, CLASSIFIER, out))
            ends.append(bool(done))
            if done and seen.complete and done.rows != seen.row_count:
                raise Broken(f"{seen.row_count} rows in, and {done.rows} out")
            one_record = out.suffix == ".jsonl" and done and done.rows == 1  # may be read as a table of columns
            written = Form(header=True, separator={".csv": ",", ".tsv": "tab"}.get(out.suffix))
            again = preview(out, written) if done and not one_record else None
            if done and again and again.complete and again.row_count != done.rows:
                raise Broken(f"{done.rows} rows written, and {again.row_count} read")
            if bool(done) != out.exists():
                raise Broken("half a file is left")
            out.unlink(missing_ok=True)
        if [left.name for left in folder.iterdir()] != [case.name]:
            raise Broken("something was written beside the file")
        return "".join("PRGBS"[place] if end else "-" for place, end in enumerate(ends))
    finally:
        for left in folder.iterdir():
            left.unlink()


def _read(path: Path, case: Case) -> bool:
    read = read_reviews(str(path), case.form, None if case.labels is None else parse_labels(case.labels))
    for report in read.report.splits:
        others = sum(count for _, count in report.others)
        left = report.unread + len(report.no_text) + len(report.no_label) + len(report.broken) + others
        if report.kept + left != report.rows:
            raise Broken(f"{report.rows} rows, of which {report.kept} are kept and {left} left out")
        if len(report.left_out) != min(left, 1_000):
            raise Broken(f"{left} rows left out, and {len(report.left_out)} listed")
    return True


def _try(step: Callable[[], Any]) -> Any:
    """What a step gives; None if it is refused in one line."""
    try:
        return step()
    except SentimentError as error:
        line = str(error)
        if "\n" in line or len(line) > 1_000 or not line.endswith("."):
            raise Broken(f"not one short line: {line[:2_000]!r}") from error
        return None


def _run(case: Case, folder: Path, out: Path, ends: Counter[str]) -> None:
    if hasattr(signal, "alarm"):
        signal.alarm(PATIENCE)
    try:
        ends[check(case, folder)] += 1
    except (Exception, _Hang) as error:
        fault = "".join(traceback.format_exception(error))
        where = fault.strip().splitlines()[-1][:80]
        ends[f"FAULT {where}"] += 1
        number = sum(ends.values())
        (out / f"{number}-{case.name}").write_bytes(case.content)
        (out / f"{number}-fault.txt").write_text(
            f"{case.form}\n{case.labels}\n{fault}", encoding="utf-8", errors="replace"
        )
        print(where, flush=True)
    finally:
        if hasattr(signal, "alarm"):
            signal.alarm(0)


class _Hang(BaseException):
    pass


def _hang(*_: object) -> None:
    raise _Hang(f"longer than {PATIENCE} s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--out", type=Path, default=Path("fuzz"))
    parser.add_argument("--seed", type=int, default=None)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    first = random.SystemRandom().randrange(1 << 30) if options.seed is None else options.seed
    print(f"seed {first}", flush=True)
    faulthandler.enable()
    if hasattr(signal, "SIGALRM"):
        signal.signal(signal.SIGALRM, _hang)
    end, ends = time.monotonic() + 60 * options.minutes, Counter[str]()
    number = first
    said = time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        while time.monotonic() < end:
            number += 1
            for k in range(100):
                _run(mutated_case(random.Random(f"{number}-{k}")), folder, options.out, ends)

            @seed(number)
            @settings(
                max_examples=100,
                database=None,
                deadline=None,
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            )
            @given(case_strategy())
            def some(case: Case) -> None:
                _run(case, folder, options.out, ends)

            some()
            if time.monotonic() - said > 60:
                said = time.monotonic()
                print(f"{sum(ends.values()):,} files: {dict(ends)}", flush=True)
    print(f"done: {sum(ends.values()):,} files: {dict(ends)}")
    sys.exit(any(name.startswith("FAULT") for name in ends))


if __name__ == "__main__":
    main()
