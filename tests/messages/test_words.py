"""Words for a reader are messages: in pages, figures and the player's Python none bypasses the catalogues."""

from pathlib import Path

import pytest

from tests.messages.words import bypassing, misfits

ROOT = Path(__file__).parents[2]
SOURCES = [
    ROOT / "streamlit_app.py",
    *sorted(path for path in (ROOT / "pages").rglob("*.py") if path.name != "metrics.py"),  # which a program reads
    *sorted((ROOT / "sentiment_core" / "figures").rglob("*.py")),
    *sorted((ROOT / "sentiment_core" / "player").glob("*.py")),
]
# Names, code and Markdown that read as words to the check and are none.
ALLOWED = {
    "Sentiment Lab",
    "About",  # an entry of Streamlit's own menu
    "Language · 언어",  # is in both languages
    "export default ({ data }) => { document.documentElement.lang = data; };",
    "outline:1px solid #8885",  # CSS
    "em repeat(",
    "Authorization",
    "Vary",
    "private, no-cache",
    "public, max-age=31536000, immutable",
    "public, immutable, max-age=",
    "Accept-Encoding, Accept-Language",
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'; img-src data:; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "top left",
    "top right",
    "top center",
    '"Source Sans", "Apple SD Gothic Neo", "Malgun Gothic", "Noto Sans KR", "Noto Sans CJK KR", sans-serif',
    "starts with",  # values in addresses of version 0.2
    "most frequent",
    "most positive",
    "most negative",
    "beyond its neighbours",
    "one PCA for all frames",
    "each frame its own PCA",
    "its own, turned onto the one before",
    "a model from the Hub",
    "What moved",
    "Neighbours",
    "An axis by name",
    "Analogy",
}


def test_no_word_bypasses_the_catalogues():
    assert len(SOURCES) > 100
    found = [
        f"{path.relative_to(ROOT)}:{line}: {text!r}"
        for path in SOURCES
        for line, text in bypassing(path)
        if text.strip() not in ALLOWED
    ]
    assert not found, "wrap in tr(...) or lazy(...):\n" + "\n".join(found)


def test_a_message_is_a_literal_whose_placeholders_are_given():
    found = [f"{path.relative_to(ROOT)}:{line}: {why}" for path in SOURCES for line, why in misfits(path)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('st.metric("Accuracy", "90.1")', ["Accuracy"]),
        ('st.metric(tr("Accuracy"), "90.1", help=f"of {n} runs")', ["of ", " runs"]),
        ('st.selectbox(tr("Run"), names, key="the run", icon=":material/tune:")', []),
        ('NAMES = {"lstm": "one direction"}', ["one direction"]),
        ('NAMES = {"lstm": lazy("one direction")}', []),
        ('"""What a page is."""\ndef f():\n    """Its words."""\n    raise ValueError("no such thing")', []),
        ('if chosen == "after training": st.info("gone" if found else "")', ["gone"]),
        ('raise RunError("No run here.")', []),
        ('column.caption(":material/info:")', []),
    ],
)
def test_the_check_tells_words_from_code(source, found, tmp_path):
    path = tmp_path / "page.py"
    path.write_text(source)
    assert [text for _, text in bypassing(path)] == found


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ('tr("{a} of {b}", a=1, b=2)', 0),
        ('tr("{a} of {b}", a=1)', 1),
        ('tr("{a}", a=1, b=2)', 1),
        ('tr(f"{a}")', 1),
        ('tr("a " + b)', 1),
        ('tr_plural("{count} run", "{count} runs", n)', 0),
        ('lazy_plural("one run of {name}", "{count} runs of {name}", n, name=name)', 0),
        ('lazy_plural("{count} run of {name}", "{count} runs", n)', 1),
        ('tr_in("of a number", "positive")', 0),
        ('RunError("{path} holds no run.", path=path)', 0),
        ("RunError(message)", 0),
        ('tr(\'{"text": "a"}\')', 0),
    ],
)
def test_a_message_that_does_not_fit_is_found(source, count, tmp_path):
    path = tmp_path / "page.py"
    path.write_text(source)
    assert len(list(misfits(path))) == count
