"""Opens parts of the Test set page and reads what they show."""

from pathlib import Path

import pyarrow.parquet as pq
from streamlit.testing.v1 import AppTest

from tests.pages.opening import open_page

SCRIPT = "pages/compare/test_set.py"


def open_part(part: str, corpus: str = "imdb", **address: object) -> AppTest:
    """A part of the page, which shows no error."""
    app = open_page(SCRIPT, part=part, corpus=corpus, **address)
    assert not app.exception
    assert not app.error
    return app


def told(app: AppTest) -> str:
    """All sentences of a page, without Markdown's escapes."""
    return "\n".join(element.value for element in [*app.markdown, *app.caption]).replace("\\", "")


def table(app: AppTest) -> list[dict]:
    """The rows of the last table of a page."""
    return app.dataframe[-1].value.to_dict("records")


def rewrite(path: Path, **columns: object) -> None:
    """Replace columns of a file of scores."""
    given = pq.read_table(path)
    for name, values in columns.items():
        kind = given.schema.field(name)
        given = given.set_column(given.schema.get_field_index(name), kind, [values])
    pq.write_table(given, path)
