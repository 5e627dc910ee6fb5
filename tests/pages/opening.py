"""A page of the app run in process, as a link opens it."""

from pathlib import Path

from streamlit.testing.v1 import AppTest

APP = str(Path(__file__).parents[2] / "streamlit_app.py")


def open_page(script: str, **address: object) -> AppTest:
    """The page of `script`, its path from the root, with these parameters in its address."""
    app = AppTest.from_file(APP, default_timeout=60).run()
    app.switch_page(script)
    for name, value in address.items():
        app.query_params[name] = value
    return app.run()
