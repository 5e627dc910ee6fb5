"""QR codes of addresses."""

from __future__ import annotations

from base64 import b64encode
from io import BytesIO

import segno
import streamlit as st


@st.cache_data(max_entries=64, show_spinner=False)
def qr_code(address: str) -> bytes:
    """A QR code as a PNG, with the white margin that readers need."""
    picture = BytesIO()
    segno.make(address, error="m", micro=False).save(picture, kind="png", scale=8, border=3)
    return picture.getvalue()


def qr_address(address: str) -> str:
    """The same as a data address, for a picture that a script draws."""
    return f"data:image/png;base64,{b64encode(qr_code(address)).decode('ascii')}"
