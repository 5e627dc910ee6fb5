"""The One review page run in process, on the published runs and on toy runs, some of them damaged."""

import json
import re

import pytest

from sentiment_core.analysis.examples import EXAMPLES, examples_in
from tests.pages.one_review_page import cards, opened, shown, tokens


def test_the_page_is_never_empty():
    app = opened()
    assert not app.exception
    assert not app.error
    assert app.text_area(key="text").value == EXAMPLES[0].text
    assert app.multiselect(key="runs").value == ["rnn", "bilstm"]
    assert len(app.metric) == 2
    assert len(app.get("plotly_chart")) == 1


def test_the_text_and_the_runs_come_from_the_address():
    app = opened(text="Not bad at all.", runs=["gru", "lstm"])
    assert app.text_area(key="text").value == "Not bad at all."
    assert app.multiselect(key="runs").value == ["gru", "lstm"]
    assert [value for value in ("### gru", "### lstm") if value in shown(app)] == ["### gru", "### lstm"]


def test_an_example_fills_the_box_and_is_read():
    app = opened()
    before = [metric.value for metric in app.metric]
    for example in EXAMPLES[1:]:
        app.button(key=f"text example {example.name}").click().run()
        assert not app.exception
        assert app.text_area(key="text").value == example.text
    assert [metric.value for metric in app.metric] != before


def test_a_text_typed_after_an_example_is_the_one_read():
    app = opened()
    app.button[1].click().run()
    app.text_area(key="text").set_value("A dreadful, boring film.").run()
    assert app.text_area(key="text").value == "A dreadful, boring film."
    assert re.search(r"Read (\d) of \1 tokens", shown(app))  # a handful, not the example's dozens


def test_all_four_runs_at_once():
    app = opened(runs=["rnn", "lstm", "gru", "bilstm"])
    assert not app.exception
    assert len(app.metric) == 4
    assert len(tokens(app)) == 1  # published runs share a tokenizer


def test_one_run_is_shown_and_a_second_suggested():
    app = opened(runs=["gru"])
    assert len(app.metric) == 1
    assert "second classifier" in shown(app)


def test_without_a_run_the_page_asks_for_one():
    app = opened()
    app.multiselect(key="runs").set_value([]).run()
    assert not app.exception
    assert "Choose one or more classifiers" in shown(app)


def test_settings_that_differ_are_listed():
    differing = shown(opened())
    assert "Besides cell and direction, these runs differ in 8 settings" in differing
    assert "setting | rnn | bilstm\n--- | --- | ---\n" in differing
    assert "\nlayers | 2 | 1\n" in differing
    assert "share every setting except cell and direction" in shown(opened(runs=["lstm", "gru", "bilstm"]))


def test_a_cut_text_says_how_much_was_cut():
    ramble = next(example.text for example in EXAMPLES if example.name == "long-ramble")
    app = opened(text=ramble)
    (read, length, cut) = map(
        int, re.search(r"Read (\d+) of (\d+) tokens; the last (\d+) were cut off", shown(app)).groups()
    )
    assert read == 400
    assert length - cut == read
    assert "The 400 tokens above are read" in tokens(app)[0]


@pytest.mark.parametrize("text", ["   ", "\n\t", ""])
def test_a_blank_text_is_refused_in_one_line(text):
    app = opened()
    app.text_area(key="text").set_value(text).run()
    assert not app.exception
    assert [error.value.replace("\\", "") for error in app.error] == [
        "There is no text to read. Type or paste a review."
    ]
    assert not app.metric


def test_more_than_a_million_characters_are_refused_in_one_line():
    app = opened()
    app.text_area(key="text").set_value("word " * 210_000).run()
    assert not app.exception
    assert len(app.error) == 1
    assert "1,050,000 characters" in app.error[0].value.replace("\\", "")


def test_a_text_too_long_for_an_address_is_judged_with_a_note():
    app = opened()
    app.text_area(key="text").set_value("good film. " * 2_000).run()
    assert not app.exception
    assert "not kept in the address" in shown(app)
    assert "text" not in app.query_params
    app.text_area(key="text").set_value("good film").run()
    assert app.query_params["text"] == "good film"


def test_a_text_of_unknown_symbols_gets_no_verdict():
    app = opened(text="漢字 \U0001f389")
    assert not app.exception
    assert "No word of this text is known, so the verdicts say nothing about it." in shown(app)
    assert len(app.warning) == 2
    assert "points from" not in cards(app)


def test_a_text_of_unknown_words_gets_no_verdict_for_its_full_stops():
    app = opened(text="정말 좋은 영화. 최고.")
    warnings = [warning.value.replace("\\", "") for warning in app.warning]
    assert warnings == ["This classifier knows none of the 4 words, so its verdict says nothing."] * 2
    assert "points from" not in cards(app)


def test_a_network_at_half_is_undecided():
    """The control of the toy corpus, which learnt nothing, would say "positive, 0.0 points from 50%"."""
    app = opened()
    app.selectbox(key="corpus").set_value("toy").run()
    assert [metric.value for metric in app.metric][1] == "50.0%"
    assert "bilstm says positive. bilstm-shuffled is undecided." in shown(app)
    verdicts = [part.value.splitlines()[0] for part in app.markdown if part.value.startswith("#### ")]
    assert verdicts[0].startswith("#### :blue[● positive]")
    assert verdicts[1] == "#### :gray[○] undecided"


def test_a_text_of_two_tokens_gets_a_warning():
    app = opened(text="good film")
    assert [warning.value for warning in app.warning] == [
        r"A text of 2 tokens is too short for a reliable verdict\."
    ] * 2
    assert not opened(text="a really good film").warning


def test_a_change_of_corpus_and_back_starts_with_the_corpus_own_runs():
    app = opened(runs=["gru", "lstm"])
    for corpus, usual in (("toy", ["bilstm", "bilstm-shuffled"]), ("imdb", ["rnn", "bilstm"])):
        app.selectbox(key="corpus").set_value(corpus).run()
        assert not app.exception
        assert not app.warning
        assert app.multiselect(key="runs").value == usual
        assert app.query_params.get("runs", usual) == usual, "the address says what is shown"
    app.multiselect(key="runs").set_value(["bilstm"]).run()
    app.text_area(key="text").set_value("A long and winding road to nothing much.").run()
    assert app.multiselect(key="runs").value == ["bilstm"], "only a change of the corpus resets them"


def test_the_read_button_sends_the_text_in_the_box():
    app = opened()
    app.text_area(key="text").set_value("A dreadful and boring film.")
    (button,) = [button for button in app.button if button.label == "Read"]
    button.click().run()
    assert "Both say negative." in shown(app)


@pytest.mark.parametrize(
    "text",
    [
        "good \x00 film",
        "a good film \U0001f600\U0001f1f5\U0001f1f9",
        "فيلم جميل good",
        "cafe\u0301 e\u0300\u0323\u0316\u0331 good",
        "\u202egood film\u202c",
        "**bold** $x^2$ :red[good] `film` [link](http://example.org)",
    ],
    ids=["nul", "emoji", "rtl", "combining", "override", "markdown"],
)
def test_unusual_characters_are_judged_like_others(text):
    app = opened()
    app.text_area(key="text").set_value(text).run()
    assert not app.exception
    assert len(app.metric) == 2


def test_markup_is_shown_as_text():
    app = opened(text="<script>alert(1)</script> <img src=x onerror=alert(1)> a good film")
    assert not app.exception
    (drawn,) = tokens(app)
    assert "<script" not in drawn
    assert "<img" not in drawn
    assert "&lt;" in drawn


def test_invalid_values_in_every_parameter_are_ignored():
    app = opened(runs=["zz", "<b>", "1e9"], corpus="../../etc", text="\x00\x01", example="4", probabilities="x")
    assert not app.exception
    assert app.multiselect(key="runs").value == ["rnn", "bilstm"]
    assert app.title[0].value == "One review"


def test_a_damaged_run_says_so_in_its_card_and_the_others_work(toy_checkpoints):
    app = opened(runs=["tiny", "torn"], text="the plot was superb")
    assert not app.exception
    assert len(app.metric) == 1
    (error,) = app.error
    assert "truncated" in error.value
    assert "\n" not in error.value
    assert "tiny says positive." in shown(app)


def test_if_all_runs_are_damaged_each_has_a_line(toy_checkpoints):
    app = opened(runs=["torn"], text="the plot was superb")
    assert not app.exception
    assert len(app.error) == 1
    assert not app.metric


def test_damaged_test_scores_cost_only_their_line(toy_checkpoints):
    (toy_checkpoints / "tiny" / "test.parquet").write_bytes(b"PAR1")
    app = opened(runs=["tiny", "other"], text="the plot was superb")
    assert not app.exception
    assert len(app.metric) == 2
    assert ["test.parquet" in error.value.replace("\\", "") for error in app.error] == [True]


def test_runs_with_different_tokenizers_are_drawn_separately(toy_checkpoints):
    path = toy_checkpoints / "other" / "recipe.json"
    about = json.loads(path.read_text(encoding="utf-8"))
    about["recipe"]["max_length"] = 3
    path.write_text(json.dumps(about), encoding="utf-8")
    app = opened(runs=["tiny", "other"], text="the plot was superb")
    assert not app.exception
    assert ["The 3 tokens above" in drawn for drawn in tokens(app)] == [False, True]
    assert "differ in 1 setting" in shown(app)
    assert "\nmax length | 60 | 3" in shown(app)


def test_a_run_in_the_address_that_the_corpus_lacks_is_reported():
    app = opened(runs=["rnn", "nope"])
    assert not app.exception
    assert [warning.value for warning in app.warning] == [r"This corpus has no classifier nope\."]


def test_examples_change_with_the_language_of_the_corpus():
    app = opened()
    app.selectbox(key="corpus").select("korean").run()
    assert not app.exception
    assert app.text_area(key="text").value == examples_in("ko")[0].text
    app.selectbox(key="corpus").select("imdb").run()
    assert app.text_area(key="text").value == examples_in("")[0].text
    app.text_area(key="text").input("A film of my own.").run()
    app.selectbox(key="corpus").select("korean").run()
    assert app.text_area(key="text").value == "A film of my own.", "what a reader typed stays"
    assert not app.exception
