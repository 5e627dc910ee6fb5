"""The command line looks at a table, leaves rows out when asked, and gives a table back with figures."""

import csv
import json
import shlex
from pathlib import Path

from tests.command_line import Sentiment, refused

STARS = "stars;body\n" + "".join(f"{n % 5 + 1};a fine plot of day {n}, seen twice\n" for n in range(40))


def test_the_options_that_preview_prints_read_the_file(sentiment: Sentiment, toy_run: Path):
    Path("mine.csv").write_text(STARS + "one field\n", encoding="utf-8")
    shown = sentiment("preview", "mine.csv")
    assert shown.code == 0
    assert "mine.csv: delimited, utf-8, separator ';', with header" in shown.out
    assert "row 41: it has 1 field, and the first line 2" in shown.out
    options = shlex.split(shown.out.splitlines()[-1].removeprefix("read it with: "))
    assert options[2:] == ["--text-column", "body", "--label-column", "stars", "--skip-bad-rows", "--labels", "1+2,4+5"]
    result = sentiment("evaluate", toy_run, *options)
    assert result.code == 0
    assert result.err.startswith("mine.csv: 32 of 41 reviews read; left out: 1 that cannot be read, 8 of other classes")
    assert "row 41" in refused(sentiment("evaluate", toy_run, *[o for o in options if o != "--skip-bad-rows"]))
    assert json.loads(sentiment("preview", "mine.csv", "--json").out)["row_count"] == 41
    assert "at most 0 MB" in refused(sentiment("preview", "mine.csv", "--max-mb", "0.0001"))


def test_a_table_comes_back_with_figures(sentiment: Sentiment, toy_run: Path):
    Path("mine.csv").write_text("text,note\nthe plot was superb,=1+1\n,x\n", encoding="utf-8")
    result = sentiment("predict", toy_run, "--file", "mine.csv", "--out", "scored.csv")
    assert result.out == (
        "scored.csv: 2 rows, 1 scored, new columns probability, verdict, tokens, cut, unknown, error\n"
    )
    assert "1 rows could not be read" in result.err
    assert "1 cells that a spreadsheet would run" in result.err
    with Path("scored.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    said = json.loads(sentiment("predict", toy_run, "--json", "the plot was superb").out)
    assert abs(float(rows[0]["probability"]) - said["probability"]) < 2e-6
    assert (rows[0]["note"], rows[1]["error"]) == ("'=1+1", "it has no text")
    assert "already there" in refused(sentiment("predict", toy_run, "--file", "mine.csv", "--out", "scored.csv"))
    assert "Give texts, or a table" in refused(sentiment("predict", toy_run, "--file", "mine.csv"))
    assert "Give texts, or a table" in refused(sentiment("predict", toy_run))
