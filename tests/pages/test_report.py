"""The report of a page: one file that needs no network, in which every text is only text."""

import json
import re
from html.parser import HTMLParser

import numpy as np

from pages.shared.report import Heading, Picture, Report, Sentence, Table, report_html
from sentiment_core.figures.style import axis, lay_out

HOSTILE = '</script><script>alert(1)</script><img src=x onerror="alert(2)">'


class _Read(HTMLParser):
    """The tags and the text of a file, with the contents of its scripts apart."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.scripts: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag == "script":
            self.scripts.append("")

    def handle_data(self, data):
        if self.lasttag == "script" and self.scripts:
            self.scripts[-1] += data
        else:
            self.text.append(data)


def written(*parts: object, link: str = "http://localhost/test_set?runs=rnn&part=curves") -> _Read:
    read = _Read()
    facts = [("Corpus", HOSTILE), ("Threshold", "0.50")]
    read.feed(report_html(Report(list(parts)), HOSTILE, facts, link, "en").decode("utf-8"))
    return read


def figure(name: str):
    return lay_out([{"type": "scatter", "x": np.arange(3.0), "y": [1, 2, 3], "name": name}], 200, axis(), axis())


def test_every_text_is_escaped():
    rows = [{HOSTILE: HOSTILE, "b": "2"}]
    read = written(Heading(HOSTILE), Sentence(HOSTILE), Table(rows, HOSTILE), Picture(figure(HOSTILE), HOSTILE))
    tags = [tag for tag, _ in read.tags]
    assert "img" not in tags
    assert tags.count("script") == 3  # the figure, plotly.js, and what draws
    assert not any("onerror" in attributes for _, attributes in read.tags)
    assert "".join(read.text).count(HOSTILE) == 7  # title twice, heading, sentence, two cells, setting


def test_it_needs_no_network_and_contains_plotly_once():
    file = report_html(Report([Picture(figure("a"), "A"), Picture(figure("b"), "B")]), "t", [], "", "ko").decode()
    assert 'lang="ko"' in file
    assert "default-src 'none'" in file
    read = _Read()
    read.feed(file)
    assert not any("src" in attributes or tag == "link" for tag, attributes in read.tags)
    assert sum(len(script) > 1_000_000 for script in read.scripts) == 1


def test_a_figure_keeps_its_numbers_and_description():
    read = written(Picture(figure("a"), "Three points", "toy-three"))
    box = next(attributes for tag, attributes in read.tags if "data-figure" in attributes)
    assert box["aria-label"] == "Three points"
    content = json.loads(read.scripts[0])
    assert content["data"][0]["x"]["dtype"] == "f8"
    assert content["config"]["toImageButtonOptions"]["filename"] == "toy-three"
    assert content["layout"]["paper_bgcolor"] == "#ffffff"


def test_without_figures_it_is_small():
    assert len(report_html(Report([Sentence("One.")]), "t", [], "", "en")) < 5_000


def test_it_links_back():
    read = written(Sentence("One."))
    (link,) = (attributes["href"] for tag, attributes in read.tags if tag == "a")
    assert re.fullmatch(r"http://localhost/test_set\?runs=rnn&part=curves", link)
