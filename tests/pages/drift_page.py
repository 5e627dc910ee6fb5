"""Opens the Drift page and reads its player's payload."""

from functools import partial

from streamlit.testing.v1 import AppTest

from tests.pages.opening import open_page
from tests.player.unpacking import unpack

opened = partial(open_page, "pages/embeddings/drift.py")


def played(app: AppTest) -> dict:
    """The header of the player's payload."""
    assert not app.exception
    (player,) = (part for part in app.get("bidi_component") if part.proto.component_name.endswith("drift_player"))
    return unpack(player.proto.bytes)[0]


def titles(app: AppTest) -> list[str]:
    return [panel["title"] for panel in played(app)["panels"]]
