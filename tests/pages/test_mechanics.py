"""The Mechanics page run in process."""

import re
from functools import partial
from pathlib import Path

import pytest

from pages.shared.site import PAGES
from tests.pages.opening import english_in, open_page

ROOT = Path(__file__).parents[2]
opened = partial(open_page, "pages/inside/mechanics.py")
STEPS = "words table padding packing states both-ways layers heads generate parameters bank trap far analogy".split()


def code(app) -> str:
    return "\n".join(block.value for block in app.code)


@pytest.fixture(scope="module")
def app():
    return opened(corpus="toy")


@pytest.mark.parametrize("step", STEPS)
def test_every_step_shows_its_lines_and_its_picture(app, step):
    app.query_params["step"] = step
    app.run()
    assert not app.exception
    assert not app.error or step == "analogy", "the toy corpus has no king"
    assert app.selectbox(key="step").value == step
    blocks = [[line for line in block.value.splitlines() if line] for block in app.code]
    assert len(blocks) == (2 if step == "words" else 1), "building a vocabulary and using it are two things"
    assert all(2 <= len(lines) <= 5 for lines in blocks)
    assert not any(block.proto.wrap_lines for block in app.code), "a broken line of code is hard to read"
    assert "return" not in code(app)


def test_next_and_back_walk_through_the_steps():
    app = opened(step="padding")
    next(button for button in app.button if button.label == "Next").click().run()
    assert app.selectbox(key="step").value == "packing"
    assert app.query_params["step"] == "packing"
    assert "pack_padded_sequence" in code(app)
    next(button for button in app.button if button.label == "Back").click().run()
    assert app.selectbox(key="step").value == "padding"


@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])
def test_the_cell_in_the_address_is_the_one_that_ran(cell):
    app = opened(step="states", cell=cell)
    assert f"nn.{cell.upper()}(256, 8, batch_first=True)" in code(app)
    assert any("`packed_h_n` is the outlined state" in line.value for line in app.markdown)


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("", "There is no text yet"),
        ("\n  \n", "There is no text yet"),
        ("one", ""),
        ("😀 😀", ""),
        ("정말 재미있는 영화", ""),
        ("<script>alert(1)</script>", ""),
        ("word " * 300, "270 tokens and 0 lines are left out"),
        ("line\n" * 30, "0 tokens and 20 lines are left out"),
        ("x" * 1_000_001, "At most 1,000,000"),
    ],
    ids=["empty", "blank", "one token", "emoji", "Korean", "markup", "long line", "many lines", "too long"],
)
def test_a_readers_own_lines(lines, told):
    app = opened(step="padding", data="own", corpus="imdb")
    app.text_area(key="lines").set_value(lines).run()
    assert not app.exception
    said = [element.value for element in [*app.error, *app.caption]]
    if told:
        assert any(told in text for text in said), said
    else:
        assert not app.error
        assert len(app.code) == 1


@pytest.mark.parametrize("nonsense", ["", "-5", "1e99", "nan", "<b>", "99999999999999999999", "no such step"])
def test_invalid_values_in_every_parameter_are_ignored(nonsense):
    for step in ("generate", "parameters", "bank", "words", "states", nonsense):
        names = "data cell model start made embedding hidden run reviews pad_to corpus".split()
        app = opened(**({"step": step} | dict.fromkeys(names, nonsense)))
        assert not app.exception
        assert app.selectbox(key="step").value == (step if step in STEPS else "words")


def test_words_of_the_bank_step_that_are_unknown_are_refused_in_a_line():
    app = opened(step="bank", corpus="imdb")
    app.text_input(key="word--imdb").set_value("zzqxv").run()
    assert not app.exception
    assert "'zzqxv' is not one token" in app.error[0].value
    app.text_input(key="word--imdb").set_value(" ").run()
    assert "Type the word whose two states" in app.error[0].value


def test_the_queen_is_found_on_the_left_only():
    app = opened(step="analogy", corpus="imdb")
    assert not app.error
    left, right = (table.value["word"].tolist() for table in app.dataframe)
    assert left[0] == "queen"
    assert "queen" not in right
    assert any("The three words of the question are left out" in line.value for line in app.caption)
    app.text_input(key="word_a").set_value("zzqxv").run()
    assert not app.exception
    assert ["zzqxv" in line.value for line in app.error] == [True, True], "each side says what it lacks"


@pytest.mark.parametrize("name", ["/etc", "../..", "no such", "<b>", "a/b/c"])
def test_a_visitor_cannot_read_the_servers_folders(name):
    app = opened(step="analogy", corpus="imdb", vectors="hub", model_name=name)
    assert not app.exception
    assert "is not the id of a model on the Hub" in app.error[0].value


def test_the_next_token_is_one_more():
    app = opened(step="generate", made="3")
    next(button for button in app.button if button.label == "Next token").click().run()
    assert not app.exception
    assert app.number_input(key="made").value == 4
    assert app.query_params["made"] == "4"


@pytest.mark.parametrize("step", STEPS)
def test_in_korean_no_sentence_is_english(step):
    app = opened(step=step, lang="ko", corpus="korean")
    assert not app.exception
    assert not app.error
    shown = [text for text in english_in(app) if text not in {block.value for block in app.code}]
    assert [text for text in shown if "queen, monarch" not in text] == [], "but GloVe's words are English"


def test_the_table_of_recipes_links_every_step_and_no_other():
    text = (ROOT / "docs" / "recipes.md").read_text(encoding="utf-8")
    linked = re.findall(r"8501/mechanics\?step=([\w-]+)", text)
    assert set(linked) == set(STEPS)
    addresses = {page.address for page in PAGES}
    assert set(re.findall(r"8501/(\w+)", text)) <= addresses


def test_the_page_is_in_the_menu():
    assert "mechanics" in {page.address for page in PAGES}
