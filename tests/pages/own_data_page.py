"""The Own data page in process, and a small file to bring."""

from functools import partial

from streamlit.testing.v1 import AppTest

from tests.pages.opening import open_page

TEXTS = [f"a {'good' if k % 2 else 'bad'} film, number {k}" for k in range(60)]
ROWS = [(text, str(k % 2)) for k, text in enumerate(TEXTS)]
CSV = "text,label\n" + "".join(f'"{text}",{label}\n' for text, label in ROWS)

opened = partial(open_page, "pages/learn/own_data.py")


def bring(app: AppTest, content: bytes | str, name: str = "reviews.csv") -> AppTest:
    content = content.encode() if isinstance(content, str) else content
    app.file_uploader[0].set_value((name, content, "application/octet-stream"))
    return app.run()


def figures(app: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in app.metric}


def box(app: AppTest, label: str):
    """The selectbox or multiselect with this label."""
    return next(widget for widget in (*app.selectbox, *app.multiselect) if widget.label == label)
