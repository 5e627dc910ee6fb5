"""The Drift page, on the published runs and on damaged copies of a toy run."""

import io
import json
import shutil
import sys
from functools import partial
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from pages.shared import drift_resources
from pages.shared.player import Selection
from sentiment_core.text.corpus import read_corpus
from sentiment_core.text.tokenization import is_word
from sentiment_core.training.frames import FILE
from sentiment_core.training.run import read_run
from tests.pages.opening import open_page
from tests.player.unpacking import unpack

opened = partial(open_page, "pages/embeddings/drift.py")


def played(app: AppTest) -> dict:
    """The header of what the player was given."""
    assert not app.exception
    (player,) = app.get("bidi_component")
    return unpack(player.proto.bytes)[0]


def titles(app: AppTest) -> list[str]:
    return [panel["title"] for panel in played(app)["panels"]]


@pytest.fixture
def chosen(monkeypatch: pytest.MonkeyPatch):
    """Stands in for the browser: what was chosen in the player when the page asks."""

    def choose(**selection: object) -> None:
        made = {"pins": None, "lasso": [], "encircled": 0, "moment": "after", "canvas": True} | selection
        monkeypatch.setattr("pages.shared.player.read_selection", lambda *sent: Selection(**made))

    return choose


def test_two_runs_through_their_whole_history(published):
    header = played(opened())
    assert [panel["title"] for panel in header["panels"]] == ["rnn", "bilstm"]
    for panel in header["panels"]:
        history = read_run(published / panel["title"]).history
        assert [frame["step"] for frame in panel["frames"]] == [row.step for row in history]
        assert [frame["valid_accuracy"] for frame in panel["frames"]] == [row.valid_accuracy for row in history]
        assert panel["separation"]["space"][0] == pytest.approx(0.5, abs=0.03)
        assert panel["separation"]["space"][-1] > 0.9
    assert (header["moments"][0]["name"], header["moments"][-1]["name"]) == ("before", "after")
    assert header["vocabularies"] == [{"words": 10_000}]
    assert {"great", "awful", "the"} <= set(header["pins"])


def test_any_two_runs_the_same_one_twice_and_one_alone():
    assert titles(opened(left="gru", right="lstm")) == ["gru", "lstm"]
    for look in ("What moved", "Neighbours", "An axis by name", "Analogy"):
        assert titles(opened(left="gru", right="gru", look=look)) == ["gru", "gru"]
    app = opened(left="lstm", right="nothing")
    assert titles(app) == ["lstm"]
    assert len(app.dataframe) == 1


def test_a_network_that_cannot_be_shown_is_not_replaced_in_silence():
    app = opened(left="bilstm-best", right="zzqqxx")
    assert titles(app) == ["rnn", "bilstm"]
    best, unknown = (line.value.replace("\\", "") for line in app.warning)
    assert best.startswith("bilstm-best kept no frames")
    assert unknown.startswith("zzqqxx is no network of this corpus")
    assert not opened(left="gru", right="nothing").warning


def test_the_axes_change_and_say_what_they_do():
    notes = {}
    for basis in ("one PCA for all frames", "each frame its own PCA", "its own, turned onto the one before"):
        panel = played(opened(basis=basis))["panels"][0]
        notes[basis] = panel["note"]
        assert ("axes_by_frame" in panel) == (basis != "one PCA for all frames")
    assert "turn or flip" in notes["each frame its own PCA"]
    assert "turned onto the one before" in notes["its own, turned onto the one before"]


def test_the_movers_are_sorted_by_what_was_chosen_and_hold_words():
    for measure in ("distance", "beyond its neighbours", "length"):
        app = opened(by=measure)
        assert not app.exception
        for table in app.dataframe:
            assert table.value[measure].is_monotonic_decreasing
            assert table.value["word"].str.isalpha().all()
            assert table.value["neighbours kept"].between(0, 1).all()


def test_what_is_said_of_the_words_that_lean_and_of_the_is_what_the_file_says(published):
    toy = published.parent / "toy"
    run = read_run(toy / "bilstm")
    file = drift_resources.measures_csv(read_corpus(toy), [(run, len(run.history) - 1)])
    table = pd.read_csv(io.BytesIO(file), keep_default_na=False)
    table["times"] = table["times_negative"] + table["times_positive"]
    words = table[table["token"].map(is_word)].nlargest(2000, "times", keep="first")
    leaning, moved = words["polarity"].abs() > 0.5, words["displacement"]
    the = words.loc[words["token"] == "the", "displacement"].item()
    app = opened(right="nothing").selectbox(key="corpus").set_value("toy").run()
    said = next(line.value for line in app.caption if "frequent words" in line.value)
    assert f"The {leaning.sum():,} leaning ones moved {moved[leaning].median():.2f} in the median" in said
    assert f"The {(~leaning).sum():,} neutral ones moved {moved[~leaning].median():.2f}" in said
    assert f"*the* moved farther than {100 * (moved < the).mean():.1f} % of all" in said


@pytest.mark.parametrize("address", [{"at": "before"}, {"moment": "0"}, {"moment": "0.2"}])
def test_before_training_nothing_has_moved(address: dict[str, str]):
    app = opened(**address)
    assert not app.exception
    assert not app.dataframe
    assert sum("Nothing has moved" in line.value for line in app.caption) == 2


def test_the_tables_are_about_the_words_encircled(chosen):
    chosen(lasso=["great", "awful", "zzqqxx"], encircled=700, moment="epoch 1")
    app = opened()
    assert not app.exception
    said = [line.value for line in app.caption]
    assert sum("Of its 2 words encircled; their median: distance" in line for line in said) == 2
    assert any("Of 700 words encircled the 3" in line for line in said)
    assert set(app.dataframe[0].value["word"]) == {"great", "awful"}


def test_words_encircled_that_the_vocabulary_lacks_are_not_taken_for_all(chosen):
    chosen(lasso=["zzqqxx"], encircled=1)
    app = opened()
    assert not app.exception
    assert not app.dataframe
    assert ["None of the encircled words" in error.value for error in app.error] == [True, True]


def test_the_neighbours_of_a_pinned_word(chosen):
    chosen(pins=["awful", "great"], moment="epoch 2")
    app = opened(look="Neighbours")
    assert not app.exception
    assert app.selectbox(key="word").value == "awful"
    counts = [int(line.value.split(": ")[1]) for line in app.markdown if line.value.startswith(("Kept:", "Gained:"))]
    assert counts[0] + counts[1] == counts[2] + counts[3] == 10
    for table in app.dataframe:
        assert "awful" not in set(table.value["word"])
    app.selectbox(key="word").set_value("great").run()
    assert not app.exception


@pytest.mark.parametrize("look", ["Neighbours", "An axis by name"])
def test_a_look_without_a_pinned_word_says_what_to_do(look: str, chosen):
    chosen(pins=[])
    app = opened(look=look)
    assert not app.exception
    assert "in the picture" in app.info[0].value


def test_a_control_says_so_beside_the_run(published, tmp_path, monkeypatch):
    shutil.copytree(published.parent / "toy", tmp_path / "toy")
    monkeypatch.setenv("SENTIMENT_CHECKPOINTS", str(tmp_path))
    app = opened()
    assert titles(app) == ["bilstm", "bilstm-shuffled (control: shuffled labels)"]


def test_an_axis_by_name_follows_the_pinned_words(chosen):
    chosen(pins=["great", "awful", "<b>"])
    app = opened(look="An axis by name")
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


def test_an_analogy_is_answered_or_says_which_word_it_lacks():
    app = opened(look="Analogy")
    assert not app.exception
    for table in app.dataframe:
        assert table.value["cosine"].is_monotonic_decreasing
        assert not {"best", "good", "bad"} & set(table.value["word"])
        assert table.value["word"].str.isalpha().all()
    said = [line.value for line in app.caption if "Of these 10" in line.value]
    for table, line in zip(app.dataframe, said, strict=True):
        for side in ("positive", "negative", "neutral"):
            assert f"{(table.value['leans'] == side).sum()} {side}" in line
        assert line.endswith("bad itself is negative\\.")
    app.text_input(key="c").set_value("<zzqqxx>").run()
    assert not app.exception
    assert "Not in the vocabulary as one token" in app.error[0].value


def test_a_browser_without_canvas_gets_still_pictures(chosen):
    chosen(canvas=False, pins=["great"])
    assert len(opened(left="gru", right="gru").get("plotly_chart")) == 4
    app = opened()
    assert not app.exception
    assert len(app.get("plotly_chart")) == 4
    first = next(line.value for line in app.markdown if "valid accuracy" in line.value)
    assert first.startswith("**rnn** · before")
    app.select_slider(key="at").set_value("before").run()
    assert sum("Nothing has moved" in line.value for line in app.caption) == 2


@pytest.mark.parametrize("nonsense", ["", "nonsense", "-1", "<b>", "99999999999999999999", "\u202e\x00"])
def test_nonsense_in_every_parameter(nonsense):
    names = ("corpus", "left", "right", "basis", "look", "at", "by", "word", "pins", "model")
    app = opened(**dict.fromkeys(names, nonsense))
    assert titles(app) == ["rnn", "bilstm"]
    assert not app.error


@pytest.mark.parametrize("model", ["./nowhere", "/etc", "~", "checkpoints", "a b", "<b>", "../x/y"])
def test_a_model_that_is_no_hub_id_is_refused_and_the_run_beside_it_shown(model: str):
    app = opened(right="a model from the Hub", model=model)
    assert titles(app) == ["rnn"]
    assert "is no model on the Hub" in app.error[0].value


def test_no_model_named_yet():
    app = opened(right="a model from the Hub")
    assert titles(app) == ["rnn"]
    assert not app.error


@pytest.mark.parametrize("broken", [ModuleNotFoundError("transformers"), RuntimeError("of another torch")])
def test_without_transformers_a_model_is_refused_with_the_way_out(broken: Exception, monkeypatch: pytest.MonkeyPatch):
    def fail(name: str, *_: object) -> None:
        if name == "transformers":
            raise broken

    monkeypatch.delitem(sys.modules, "sentiment_core.hub", raising=False)
    monkeypatch.delitem(sys.modules, "transformers", raising=False)
    monkeypatch.setattr(sys, "meta_path", [SimpleNamespace(find_spec=fail), *sys.meta_path])
    app = opened(right="a model from the Hub", model=f"someone/{type(broken).__name__}")
    assert titles(app) == ["rnn"]
    (error,) = app.error
    assert "cannot import transformers" in error.value
    assert "pip install" in error.value


def test_a_model_stands_still_beside_a_run(monkeypatch: pytest.MonkeyPatch):
    tokens = np.array(["great", "awful", "zzqqxx", "the"], dtype=object)
    matrix = np.array([[1, 0, 0], [-1, 0, 0], [0, 1, 0], [0, 0, 1]], dtype=np.float32)
    monkeypatch.setattr("sentiment_core.hub.read_embedding", lambda name: (tokens, matrix))
    header = played(opened(right="a model from the Hub", model="someone/small"))
    assert [panel["title"] for panel in header["panels"]] == ["rnn", "someone/small"]
    assert "3 of its 4 tokens" in header["panels"][1]["note"]
    assert {tuple(moment["frames"])[1] for moment in header["moments"]} == {0}
    assert "3 of 10,000 and 4 words are in both" in header["note"]


@pytest.fixture
def corpora(tmp_path, toy_corpus, monkeypatch):
    """A published folder with the toy corpus and two runs of it, to tamper with."""
    corpus = tmp_path / "published" / "toy"
    shutil.copytree(toy_corpus, corpus)
    shutil.copytree(corpus / "tiny", corpus / "other")
    monkeypatch.setenv("SENTIMENT_CHECKPOINTS", str(corpus.parent))
    return corpus


def test_runs_of_other_names_are_shown(corpora):
    assert set(titles(opened())) == {"other", "tiny"}


def test_a_run_without_frames_leaves_the_other_shown(corpora):
    (corpora / "tiny" / FILE).unlink()
    app = opened(left="tiny", right="other")
    assert titles(app) == ["other"]
    (error,) = app.error
    assert "no frames" in error.value


def test_a_run_of_another_tokenizer_is_linked_by_word(corpora):
    path = corpora / "tiny" / "tokenizer.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"superb"', '"stupendous"'), encoding="utf-8")
    for look in ("What moved", "Neighbours", "An axis by name", "Analogy"):
        app = opened(left="other", right="tiny", look=look, a="superb", b="good", c="bad")
        header = played(app)
        words = header["vocabularies"][0]["words"]
        assert header["vocabularies"] == [{"words": words}] * 2
        assert header["note"].startswith(f"{words - 1} of {words} words are in both")
    (error,) = app.error
    assert "superb" in error.value
    assert len(app.dataframe) == 1


def test_a_corpus_with_one_run_shows_it_alone(corpora):
    shutil.rmtree(corpora / "other")
    assert titles(opened()) == ["tiny"]


def test_a_server_names_the_models_that_it_shows(monkeypatch):
    monkeypatch.setenv("SENTIMENT_MODELS", "")
    assert "a model from the Hub" not in opened().selectbox(key="right").options
    monkeypatch.setenv("SENTIMENT_MODELS", "one/model, another")
    app = opened(right="a model from the Hub", model="third/one")
    assert "no other models than one/model, another" in app.error[0].value.replace("\\", "")


def test_a_run_stopped_at_its_first_moment_has_one(corpora):
    for name in ("tiny", "other"):
        path = corpora / name / "history.jsonl"
        path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    header = played(opened())
    assert [len(panel["frames"]) for panel in header["panels"]] == [1, 1]
    assert [moment["name"] for moment in header["moments"]] == ["before"]


def test_a_corpus_without_its_token_table_says_so(corpora):
    (corpora / "tokens.parquet").unlink()
    app = opened()
    assert not app.exception
    assert app.error
    assert not app.get("bidi_component")


def test_a_corpus_whose_runs_kept_no_frames_says_what_to_train(monkeypatch, tmp_path, toy_corpus):
    shutil.copytree(toy_corpus, tmp_path / "toy")
    path = tmp_path / "toy" / "tiny" / "recipe.json"
    about = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(about | {"recipe": about["recipe"] | {"frames": False}}), encoding="utf-8")
    monkeypatch.setenv("SENTIMENT_CHECKPOINTS", str(tmp_path))
    app = opened()
    assert not app.exception
    assert "without `--no-frames`" in app.info[0].value


def test_another_corpus_starts_with_its_own_runs_and_so_does_the_way_back():
    app = opened(left="gru", right="lstm")
    for corpus, pair in (("toy", ("bilstm", "bilstm-shuffled")), ("imdb", ("rnn", "bilstm"))):
        app.selectbox(key="corpus").set_value(corpus).run()
        assert not app.exception
        assert not app.warning
        assert (app.selectbox(key="left").value, app.selectbox(key="right").value) == pair
        for side, name in zip(("left", "right"), pair, strict=True):
            assert app.query_params.get(side, name) == name, "the address says what is shown"
