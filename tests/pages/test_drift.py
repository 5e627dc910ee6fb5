"""The Drift page, on the published runs and on damaged copies of a toy run."""

import json
import shutil
from functools import partial

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from streamlit.testing.v1 import AppTest

from sentiment_core.training.frames import FILE
from sentiment_core.training.run import read_run
from tests.pages.opening import open_page

opened = partial(open_page, "pages/embeddings/drift.py")


def charts(app: AppTest) -> list:
    return app.get("plotly_chart")


def captions(app: AppTest) -> list[str]:
    """What stands above each panel, in order: above before, above chosen, below before, below chosen."""
    return [line.value for line in app.markdown if "valid accuracy" in line.value]


def test_two_runs_before_and_after_with_their_axes_explained():
    app = opened()
    assert not app.exception
    assert len(charts(app)) == 4
    before, after, below_before, below_after = captions(app)
    assert before.startswith("**rnn** · before · step 0")
    assert after.startswith("**rnn** · epoch")
    assert below_before.startswith("**bilstm** · before")
    assert below_after.startswith("**bilstm** · epoch")
    shares = [line.value for line in app.caption if "of the variance" in line.value]
    assert len(shares) == 2
    assert app.selectbox(key="words").value == "2,000"
    assert 6 <= len(app.multiselect(key="pinned").value) <= 10


def test_the_slider_moves_the_right_panels_only(published):
    app = opened()
    moments = app.select_slider(key="frame").options
    assert moments[0] == "before"
    assert moments[-1] == "after"
    history = read_run(published / "rnn").history
    for moment in (moments[0], moments[1], moments[len(moments) // 2], moments[-1]):
        app.select_slider(key="frame").set_value(moment).run()
        assert not app.exception
        before, chosen, *_ = captions(app)
        assert "before · step 0" in before
        if moment != "after":
            assert f" · {moment} · step " in chosen
    assert f"step {history[-1].step:,}" in chosen
    app.select_slider(key="frame").set_value("before").run()
    assert not app.dataframe
    assert sum("Nothing has moved" in line.value for line in app.caption) == 2


def test_any_two_runs_and_the_same_one_twice():
    app = opened(top="gru", bottom="lstm")
    assert [line.split("**")[1] for line in captions(app)] == ["gru", "gru", "lstm", "lstm"]
    app.selectbox(key="bottom").set_value("gru").run()
    assert not app.exception
    assert [line.split("**")[1] for line in captions(app)] == ["gru"] * 4


def test_a_moment_that_the_new_runs_lack_falls_back_to_after():
    app = opened()
    moments = app.select_slider(key="frame").options
    app.select_slider(key="frame").set_value(moments[-2]).run()
    for name in ("lstm", "gru", "bilstm"):
        app.selectbox(key="top").set_value(name).run()
        assert not app.exception
        assert app.select_slider(key="frame").value in app.select_slider(key="frame").options


def test_the_choice_of_words_reaches_the_table():
    app = opened(words="500")
    assert any("500 words moved" in line.value for line in app.caption)
    app.selectbox(key="words").set_value("all").run()
    assert not app.exception
    assert not any("500 words moved" in line.value for line in app.caption)


def test_the_movers_are_sorted_and_hold_words(published):
    app = opened()
    table = app.dataframe[0].value
    assert table["distance"].is_monotonic_decreasing
    assert table["word"].str.isalpha().all()
    assert set(table["leans"]) <= {"positive", "negative", "neutral"}


def test_pins_unknown_empty_and_html_are_named_and_shown_as_text():
    app = opened(pinned=["great", "GREAT", " ", "zzqqxx", "<script>alert(1)</script>", "a_b*c", "\x00\u202eabc"])
    assert not app.exception
    (line,) = [line.value for line in app.caption if "Not in the vocabulary" in line.value]
    assert "zzqqxx" in line
    assert "\\<script\\>" in line
    assert "\\_b\\*c" in line
    assert len(charts(app)) == 4


def test_no_pins():
    app = opened()
    app.multiselect(key="pinned").set_value([]).run()
    assert not app.exception
    assert len(charts(app)) == 4
    assert not any("Not in the vocabulary" in line.value for line in app.caption)


def test_too_many_pins_are_capped_and_said():
    app = opened()
    offered = app.multiselect(key="pinned").options
    app.multiselect(key="pinned").set_value(offered[:35]).run()
    assert not app.exception
    assert any("Of 35 pinned words the first 20" in line.value for line in app.caption)
    assert [len(json.loads(chart.proto.spec)["layout"]["annotations"]) for chart in charts(app)] == [20] * 4


@pytest.mark.parametrize("nonsense", ["", "nonsense", "-1", "<b>", "99999999999999999999", "\u202e\x00"])
def test_nonsense_in_every_parameter(nonsense):
    app = opened(**dict.fromkeys(("corpus", "top", "bottom", "words", "pinned", "frame"), nonsense))
    assert not app.exception
    assert len(charts(app)) == 4
    assert captions(app)[0].startswith("**rnn**")
    assert app.select_slider(key="frame").value == "after"


@pytest.fixture
def corpora(tmp_path, toy_corpus, monkeypatch):
    """A published folder with the toy corpus and two runs of it, to tamper with."""
    corpus = tmp_path / "published" / "toy"
    shutil.copytree(toy_corpus, corpus)
    shutil.copytree(corpus / "tiny", corpus / "other")
    monkeypatch.setenv("SENTIMENT_CHECKPOINTS", str(corpus.parent))
    return corpus


def test_runs_of_other_names_are_shown(corpora):
    app = opened()
    assert not app.exception
    assert len(charts(app)) == 4
    assert {app.selectbox(key="top").value, app.selectbox(key="bottom").value} == {"other", "tiny"}


def test_a_run_without_frames_leaves_the_other_shown(corpora):
    (corpora / "tiny" / FILE).unlink()
    app = opened(top="tiny", bottom="other")
    assert not app.exception
    (error,) = app.error
    assert "no frames" in error.value
    assert len(charts(app)) == 2
    assert captions(app)[0].startswith("**other**")


def test_a_run_of_another_tokenizer_leaves_the_other_shown(corpora):
    path = corpora / "tiny" / "tokenizer.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"superb"', '"stupendous"'), encoding="utf-8")
    app = opened(top="other", bottom="tiny")
    assert not app.exception
    (error,) = app.error
    assert "another vocabulary" in error.value
    assert len(charts(app)) == 2
    assert len(app.dataframe) == 1


def test_a_run_stopped_at_its_first_moment_has_no_slider(corpora):
    for name in ("tiny", "other"):
        path = corpora / name / "history.jsonl"
        path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    app = opened()
    assert not app.exception
    assert len(charts(app)) == 4
    assert not app.select_slider


def test_a_corpus_without_its_token_table_says_so(corpora):
    (corpora / "tokens.parquet").unlink()
    app = opened()
    assert not app.exception
    assert len(app.error) == 1
    assert not charts(app)


def test_a_vocabulary_without_whole_words_says_so(corpora):
    table = pq.read_table(corpora / "tokens.parquet")
    pieces = pa.array([f"##{index}" for index in range(len(table))])
    pq.write_table(table.set_column(table.column_names.index("token"), "token", pieces), corpora / "tokens.parquet")
    app = opened()
    assert not app.exception
    assert "no whole words" in app.info[0].value


def test_a_corpus_whose_runs_kept_no_frames_says_what_to_train(monkeypatch, tmp_path, toy_corpus):
    shutil.copytree(toy_corpus, tmp_path / "toy")
    path = tmp_path / "toy" / "tiny" / "recipe.json"
    about = json.loads(path.read_text())
    path.write_text(json.dumps(about | {"recipe": about["recipe"] | {"frames": False}}))
    monkeypatch.setenv("SENTIMENT_CHECKPOINTS", str(tmp_path))
    app = opened()
    assert not app.exception
    assert "without `--no-frames`" in app.info[0].value
