"""Sentences of One review about verdicts, in both languages."""

import pytest

from pages.compare.verdicts import agreement_text, doubt_text, verdict_text
from sentiment_core.analysis.comparison import Agreement
from sentiment_core.classifiers.prediction import Prediction
from sentiment_core.messages import in_language


@pytest.mark.parametrize(
    ("found", "english", "korean"),
    [
        (Agreement({"positive": ["rnn"]}, [], ["rnn"], 0), "rnn says positive.", "rnn: 긍정."),
        (
            Agreement({"positive": ["rnn", "gru"]}, [], ["gru"], 0.2),
            "Both say positive. gru is more confident (by 20.0 points).",
            "둘 다 긍정으로 판단합니다. 더 확신하는 쪽: gru(20.0%p 차이).",
        ),
        (
            Agreement({"negative": ["rnn", "gru"]}, [], ["gru", "rnn"], 0),
            "Both say negative. They are about equally confident.",
            "둘 다 부정으로 판단합니다. 확신하는 정도는 비슷합니다.",
        ),
        (
            Agreement({"positive": ["a", "b", "c"]}, [], ["c"], 0.15),
            "All 3 say positive. c is the most confident (by 15.0 points).",
            "3개 모두 긍정으로 판단합니다. 가장 확신하는 쪽: c(15.0%p 차이).",
        ),
        (Agreement({"positive": ["a", "b", "c"]}, [], ["c", "b"], 0), "All 3 say positive.", None),
        (Agreement({"undecided": ["a", "b"]}, [], [], 0), "Both are undecided.", "둘 다 미정입니다."),
        (Agreement({"neutral": ["a", "b"]}, [], [], 0), "Both say neutral.", "둘 다 중립으로 판단합니다."),
        (
            Agreement({"positive": ["b"], "negative": ["c"], "undecided": ["a", "d"]}, [], ["b"], 0.1),
            "They disagree. b says positive. c says negative. a and d are undecided. "
            "b is more confident (by 10.0 points).",
            "판단이 다릅니다. b: 긍정. c: 부정. a, d: 미정. 더 확신하는 쪽: b(10.0%p 차이).",
        ),
        (
            Agreement({"negative": ["b"]}, ["a"], ["b"], 0),
            "b says negative. a knows no word of it.",
            "b: 부정. 아는 단어가 없는 분류기: a.",
        ),
        (
            Agreement({}, ["a", "b"], [], 0),
            "No word of this text is known, so the verdicts say nothing about it.",
            None,
        ),
    ],
)
def test_agreement(found: Agreement, english: str, korean: str | None):
    assert agreement_text(found) == english
    with in_language("ko"):
        said = agreement_text(found)
    assert said == korean if korean else " say " not in said


@pytest.mark.parametrize(
    ("logit", "neutral", "english", "korean"),
    [
        (2.0, 0.0, ":blue[● positive], 38.1 points from 50%", ":blue[● 긍정], 50%에서 38.1%p"),
        (-2.0, 0.0, ":orange[◆ negative], 38.1 points from 50%", ":orange[◆ 부정], 50%에서 38.1%p"),
        (0.0, 0.0, ":gray[○] undecided", ":gray[○] 미정"),
        (1.0, 0.9, ":gray[○] neutral", ":gray[○] 중립"),
    ],
)
def test_a_verdict_has_its_colour_and_its_mark(logit: float, neutral: float, english: str, korean: str):
    judged = Prediction(logit, 9, 9, 0, 9, 9, 1.0, neutral)
    assert verdict_text(judged) == english
    with in_language("ko"):
        assert verdict_text(judged) == korean


@pytest.mark.parametrize(
    ("doubt", "words", "known", "read", "said"),
    [
        ("few-known-words", 5, 2, 6, "This classifier knows 2 of 5 words, so its verdict says little."),
        ("no-known-words", 5, 0, 6, "This classifier knows none of the 5 words, so its verdict says nothing."),
        ("no-words", 0, 0, 3, "There are no words in this text, so the verdict is about its symbols only."),
        ("few-tokens", 2, 2, 2, "A text of 2 tokens is too short for a reliable verdict."),
        ("few-tokens", 1, 1, 1, "A text of 1 token is too short for a reliable verdict."),
        ("nothing-known", 0, 0, 2, "This classifier knows nothing in this text, so its verdict says nothing about it."),
    ],
)
def test_a_doubt_is_reported_with_its_numbers(doubt, words: int, known: int, read: int, said: str):
    judged = Prediction(1.0, read, read, 0, words, known, 1.0)
    assert doubt_text(doubt, judged) == said
    with in_language("ko"):
        assert "classifier" not in doubt_text(doubt, judged)
