"""The door for a link to this page on a server that nobody has visited yet: see CONTRIBUTING.md, "Add a page"."""

import runpy
from pathlib import Path

runpy.run_path(str(Path(__file__).parents[1] / "streamlit_app.py"))
