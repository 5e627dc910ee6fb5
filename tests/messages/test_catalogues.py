"""The Korean catalogues: every message in the sources is translated, with its placeholders, and nothing else is."""

import ast
from pathlib import Path

import pytest

import sentiment_core.messages
from sentiment_core.messages import LANGUAGES, update
from sentiment_core.messages.catalogue import first, key, read_area
from sentiment_core.messages.extraction import AREAS, KEYWORDS, area_of, extract
from sentiment_core.messages.language import DEFAULT
from tests.messages.words import misfits, placeholders

ROOT = Path(__file__).parents[2]
TRANSLATED = [code for code in LANGUAGES if code != DEFAULT]


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_catalogues_hold_the_messages_of_the_sources_and_no_others(language):
    """What the command would write is what is there, so that a message is in one place, the area of its source."""
    folder = Path(sentiment_core.messages.__file__).parent / language
    there = {path.stem: path.read_bytes() for path in folder.glob("*.po")}
    wanted = update.updated(folder, language)
    assert sorted(there) == sorted(wanted)
    stale = [area for area in wanted if there[area] != wanted[area]]
    assert not stale, "run `python -m sentiment_core.messages.update`, and translate what it lists"


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_message_is_translated(language):
    missing = [
        f"{area}: {first(entry.id)}"
        for area in AREAS.values()
        for entry in read_area(language, area)
        if entry.id and (entry.fuzzy or not first(entry.string).strip())
    ]
    assert not missing


@pytest.mark.parametrize("language", TRANSLATED)
def test_translations_have_the_placeholders_of_their_messages(language):
    """One test for all entries: collecting thousands takes each test process longer than checking them."""
    entries = [(area, entry) for area in AREAS.values() for entry in read_area(language, area) if entry.id]
    assert entries
    other = {
        f"{area}: {first(entry.id)}": (found, wanted)
        for area, entry in entries
        if (found := placeholders(first(entry.string))) != (wanted := _wanted(entry.id))
    }
    assert not other, "placeholders of the translation, and those of the message"


def _wanted(message: str | list[str] | tuple[str, ...]) -> set[str]:
    return set().union(*map(placeholders, [message] if isinstance(message, str) else message))


def test_each_source_has_an_area():
    assert area_of("pages/home/overview.py") == "pages-home"
    assert area_of("sentiment_core/figures/drift.py") == "figures"
    assert area_of("sentiment_core/text/reviews.py") == "core"


def test_messages_are_found_in_every_form(tmp_path):
    """In Python and in the player's JavaScript, with plurals and contexts."""
    (tmp_path / "pages").mkdir()
    (tmp_path / "sentiment_core" / "player" / "src").mkdir(parents=True)
    (tmp_path / "pages" / "page.py").write_text(
        'tr("one")\nlazy_plural("{count} run", "{count} runs", n)\ntr_in("of a review", "positive")\n'
        'raise RunError("{path} "\n    "is gone.", path=path)\n'
    )
    (tmp_path / "sentiment_core" / "player" / "src" / "player.js").write_text('const said = tr("Play");\n')
    found = {(message.english, message.context, message.area) for message in extract(tmp_path)}
    assert found == {
        ("one", None, "pages-shared"),
        (("{count} run", "{count} runs"), None, "pages-shared"),
        ("positive", "of a review", "pages-shared"),
        ("{path} is gone.", None, "pages-shared"),
        ("Play", None, "player"),
    }


def test_an_update_keeps_translations_and_drops_what_is_gone(tmp_path):
    (tmp_path / "core.po").write_text(
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
        'msgid "Overview"\nmsgstr "둘러보기"\n\nmsgid "No source says this."\nmsgstr "없음"\n',
        encoding="utf-8",
    )
    content = b"".join(update.updated(tmp_path, "ko").values()).decode()
    assert 'msgid "Overview"\nmsgstr "둘러보기"' in content, "moved to the area that uses it"
    assert "No source says this." not in content
    assert content.count('msgid "Overview"') == 1


def test_keys_tell_contexts_apart():
    catalog = next(iter(update.templates().values()))
    catalog.add("positive", context="of a review")
    catalog.add("positive", context="of a number")
    assert len({key(entry) for entry in catalog if first(entry.id) == "positive"}) >= 2


def test_an_error_is_one_literal_with_its_values():
    sources = sorted((ROOT / "sentiment_core").rglob("*.py"))
    assert sources
    found = [f"{path.relative_to(ROOT)}:{line}: {why}" for path in sources for line, why in misfits(path)]
    assert not found, "\n".join(found)


def test_no_message_stands_inside_an_f_string():
    """The command that collects the messages does not look into them, so such a message would never be translated."""
    found = []
    for path in sorted([*ROOT.glob("pages/**/*.py"), *ROOT.glob("sentiment_core/**/*.py")]):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        texts = [node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)]
        calls = [node for text in texts for node in ast.walk(text) if isinstance(node, ast.Call)]
        inside = [node for node in calls if isinstance(node.func, ast.Name) and node.func.id in KEYWORDS]
        found += [f"{path.relative_to(ROOT)}:{node.lineno}" for node in inside]
    assert found == []
