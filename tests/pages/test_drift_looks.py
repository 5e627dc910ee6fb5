"""The details below the picture of the Drift page: movers, neighbours, a named axis, analogies."""

import io
import json

import pandas as pd
import pytest

from pages.shared import drift_resources
from sentiment_core.messages.numbers import hundredths
from sentiment_core.runs.reading import load_run
from sentiment_core.text.corpus import load_corpus
from sentiment_core.text.tokenization import is_word
from tests.pages.drift_page import opened


def test_the_movers_are_words_sorted_by_the_chosen_measure():
    for measure in ("displacement", "relative", "norm"):
        app = opened(by=measure)
        assert not app.exception
        for table in app.dataframe:
            assert table.value[measure].is_monotonic_decreasing
            assert table.value["word"].str.isalpha().all()
            assert table.value["jaccard"].between(0, 1).all()


def test_sentences_about_movement_agree_with_the_file(published):
    toy = published.parent / "toy"
    run = load_run(toy / "bilstm")
    file = drift_resources.measures_csv(load_corpus(toy), [(run, len(run.history) - 1)])
    table = pd.read_csv(io.BytesIO(file), keep_default_na=False)
    table["times"] = table["times_negative"] + table["times_positive"]
    words = table[table["token"].map(is_word)].nlargest(2000, "times", keep="first")
    leaning, moved = words["polarity"].abs() > 0.5, words["displacement"]
    the = words.loc[words["token"] == "the", "displacement"].item()
    app = opened(right="nothing").selectbox(key="corpus").set_value("toy").run()
    said = next(line.value for line in app.caption if "most frequent words" in line.value)
    assert f"{leaning.sum():,} positive and negative words: {hundredths(moved[leaning].median())}." in said
    assert f"{(~leaning).sum():,} neutral words: {hundredths(moved[~leaning].median())}." in said
    assert f"*the* moved farther than {100 * (moved < the).mean():.1f}% of all" in said


@pytest.mark.parametrize("address", [{"at": "0"}, {"at": "before"}, {"moment": "0"}, {"moment": "0.2"}])
def test_before_training_nothing_has_moved(address: dict[str, str]):
    app = opened(**address)
    assert not app.exception
    assert not app.dataframe
    assert sum("Nothing has moved" in line.value for line in app.caption) == 2


def test_the_tables_show_the_selected_words(chosen):
    chosen(lasso=["great", "awful", "zzqqxx"], encircled=700, checkpoint="1")
    app = opened()
    assert not app.exception
    said = [line.value for line in app.caption]
    assert sum("2 selected words. Median (distance): " in line for line in said) == 2
    assert "Showing the first 3 of 700 selected words." in said
    assert set(app.dataframe[0].value["word"]) == {"great", "awful"}


def test_a_selection_of_unknown_words_does_not_show_all_words(chosen):
    chosen(lasso=["zzqqxx"], encircled=1)
    app = opened()
    assert not app.exception
    assert not app.dataframe
    assert ["None of the selected words" in error.value for error in app.error] == [True, True]


def test_the_neighbours_of_a_pinned_word_are_listed(chosen):
    chosen(pins=["awful", "great"], checkpoint="2")
    app = opened(look="neighbours")
    assert not app.exception
    assert app.selectbox(key="word").value == "awful"
    counts = [int(line.value.split(": ")[1]) for line in app.markdown if line.value.startswith(("Kept:", "Gained:"))]
    assert counts[0] + counts[1] == counts[2] + counts[3] == 10
    for table in app.dataframe:
        assert "awful" not in set(table.value["word"])
    app.selectbox(key="word").set_value("great").run()
    assert not app.exception


@pytest.mark.parametrize("look", ["neighbours", "axis"])
def test_details_without_a_pinned_word_say_what_to_do(look: str, chosen):
    chosen(pins=[])
    app = opened(look=look)
    assert not app.exception
    assert "in the picture" in app.info[0].value


def test_a_named_axis_follows_the_pinned_words(chosen):
    chosen(pins=["great", "awful", "<b>"])
    app = opened(look="axis")
    assert not app.exception
    charts = [json.loads(chart.proto.spec) for chart in app.get("plotly_chart")]
    lines, ends = charts[::2], charts[1::2]
    assert [[trace["name"] for trace in chart["data"][1:]] for chart in lines] == [["great", "awful"]] * 2
    heights = [[note["y"] for note in chart["layout"]["annotations"]] for chart in lines]
    assert all(great > awful for great, awful in heights)
    assert all({"<b>great</b>", "<b>awful</b>"} < set(chart["layout"]["yaxis"]["ticktext"]) for chart in ends)
    (line,) = [line.value for line in app.caption if "In no vocabulary" in line.value]
    assert "\\<b\\>" in line
    app.text_input(key="from").set_value("dull, zzqqxx").run()
    assert any("zzqqxx" in line.value for line in app.caption)
    app.text_input(key="from").set_value("great").run()
    assert "In both lists of the axis" in app.error[0].value
    app.text_input(key="from").set_value(" ").run()
    assert "One of the two lists of the axis is empty" in app.error[0].value
    assert not app.exception


def test_an_analogy_is_answered_or_names_the_unknown_word():
    app = opened(look="analogy")
    assert not app.exception
    for table in app.dataframe:
        assert table.value["cosine"].is_monotonic_decreasing
        assert not {"great", "good", "bad"} & set(table.value["word"])
        assert table.value["word"].str.isalpha().all()
    said = [line.value for line in app.caption if "Of these 10" in line.value]
    for table, line in zip(app.dataframe, said, strict=True):
        counts = [(table.value["polarity"] == side).sum() for side in ("positive", "negative", "neutral")]
        assert "{} are positive, {} negative and {} neutral".format(*counts) in line
        assert line.endswith("The word bad is negative.")
    app.text_input(key="c").set_value("<zzqqxx>").run()
    assert not app.exception
    assert "Not in the vocabulary as one token" in app.error[0].value
