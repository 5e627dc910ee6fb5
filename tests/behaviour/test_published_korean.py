"""The published Korean runs: what they were trained on and how, and clear reviews of our own."""

from pathlib import Path

import pytest

from sentiment_core.classifiers.loading import load_classifier
from sentiment_core.experiments.reproduction.folder import load_baselines
from sentiment_core.experiments.reproduction.systems import all_systems
from sentiment_core.model.presets import PRESETS
from sentiment_core.runs.listing import list_runs
from sentiment_core.text.corpus import Corpus, load_corpus
from sentiment_core.text.tokenization import PAD, UNK, load_tokenizer

PRAISE = (
    "정말 감동적인 영화였습니다. 꼭 보세요!",
    "배우들 연기도 좋고 스토리도 탄탄하고 최고의 영화",
    "너무 재밌어요ㅋㅋㅋ 또 보고 싶다",
    "잔잔하고 아름다운 명작. 여운이 오래 남는다",
)
COMPLAINTS = (
    "정말 지루하고 재미없다. 돈 아까워",
    "스토리도 엉망이고 배우들은 발연기, 최악의 영화",
    "이런 쓰레기를 왜 만들었는지 모르겠다 시간 아깝다ㅡㅡ",
    "억지 감동에 뻔한 결말. 실망했습니다",
)


@pytest.fixture(scope="module")
def corpus(published: Path) -> Corpus:
    return load_corpus(published.parent / "korean")


def test_the_card_says_that_the_whole_set_was_read(corpus: Corpus):
    assert (corpus.source, corpus.language) == ("./korean", "ko")
    assert corpus.sizes == {"train": 54_000, "valid": 6_000, "test": 30_000}
    baselines = load_baselines(corpus.path)
    assert "nb-svm-characters" in baselines
    assert {result.fingerprint for result in baselines.values()} == {corpus.fingerprint}


def test_every_run_is_its_preset_read_to_the_end_of_a_review(corpus: Corpus):
    runs, problems = list_runs(corpus)
    assert problems == []
    assert {run.name for run in runs} == {"rnn", "lstm", "gru", "bilstm", "bilstm-shuffled"}
    for run in runs:
        assert run.data["fingerprint"] == corpus.fingerprint
        epochs = 3 if run.recipe.shuffle_labels else None
        assert run.recipe == PRESETS[run.name]().change(max_length=100, frames=run.recipe.frames, epochs=epochs)
        if run.name == "bilstm":
            assert run.recipe == all_systems()[f"korean-{corpus.tokenizer}"].recipe


def test_bilstm_is_right_on_85_in_100_and_the_control_is_a_coin(corpus: Corpus):
    accuracies = {run.name: run.scores().accuracy for run in list_runs(corpus)[0]}
    assert accuracies["bilstm"] >= 0.85
    assert min(accuracies[name] for name in ("rnn", "lstm", "gru")) > 0.8
    assert abs(accuracies["bilstm-shuffled"] - 0.5) < 0.05


@pytest.mark.parametrize("name", ["rnn", "lstm", "gru", "bilstm", "nb-svm-characters"])
def test_clear_reviews_are_judged_right(name: str, corpus: Corpus):
    classifier = load_classifier(corpus.path / name)
    assert [prediction.verdict for prediction in classifier.predict(PRAISE)] == ["positive"] * len(PRAISE)
    assert [prediction.verdict for prediction in classifier.predict(COMPLAINTS)] == ["negative"] * len(COMPLAINTS)


def test_the_tokenizer_reads_hangul_composed(corpus: Corpus):
    tokens = set(load_tokenizer(corpus.path / "tokenizer.json").get_vocab()) - {PAD, UNK}
    assert not [token for token in tokens if any("\u1100" <= character <= "\u11ff" for character in token)]


def test_what_is_published_stays_small(published: Path):
    assert sum(path.stat().st_size for path in published.parent.rglob("*") if path.is_file()) < 40_000_000
