"""The Lessons page: every lesson with its link, and what a teacher needs."""

from sentiment_core.experiments.lessons import LESSONS
from sentiment_core.messages import in_language
from tests.pages.opening import english_in, open_page, page_links

SCRIPT = "pages/learn/lessons.py"


def test_every_lesson_has_its_question_and_a_link():
    app = open_page(SCRIPT)
    assert not app.exception
    shown = [element.value for element in app.markdown]
    for code, lesson in LESSONS.items():
        assert f"train?lesson={code}" in page_links(app)
        assert str(lesson.question) in shown
    assert any(
        "8 minutes · 2 networks · toy: a small grammar" in caption.value.replace("\\", "") for caption in app.caption
    )


def test_it_leads_to_the_other_pages_for_a_class():
    assert {"debug", "forgetting", "drift"} <= set(page_links(open_page(SCRIPT)))


def test_a_teacher_reads_how_to_prepare_a_lesson():
    (note,) = (element.value for element in open_page(SCRIPT).markdown if "lesson=CODE" in element.value)
    assert all(f"`{code}`" in note for code in LESSONS)


def test_a_preset_lesson_opens_as_the_note_says():
    app = open_page("pages/learn/train.py", lesson="rate", rate_learning_rate="0.02")
    assert app.query_params["rate_learning_rate"] == "0.02"
    assert not app.exception
    assert (
        app.selectbox(key="rate_learning_rate").value == "0.02" or app.selectbox(key="rate_learning_rate").value == 0.02
    )


def test_the_page_speaks_korean():
    app = open_page(SCRIPT, lang="ko")
    assert not app.exception
    assert english_in(app) == []
    with in_language("ko"):
        assert str(LESSONS["learns"].question) in [element.value for element in app.markdown]
