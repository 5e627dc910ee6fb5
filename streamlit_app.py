"""Sentiment Lab: the server's app, and for each reader page configuration and navigation, nothing else."""

from itertools import groupby

import streamlit as st

from pages.shared.language import settle_language
from pages.shared.site import HOME, PAGES

if __name__ == "__main__":  # as Streamlit runs it for each reader
    settle_language()
    # Before the navigation, which would make a page's icon that of the browser's tab and fetch it from elsewhere.
    st.set_page_config(page_icon="docs/icon.svg", layout="wide", menu_items={"About": HOME.description})
    shown = {
        st.Page(page.script, title=page.title, icon=page.icon, url_path=page.address, default=page is HOME): page
        for page in PAGES
    }
    sections = groupby(shown, key=lambda page: shown[page].section)
    current = st.navigation({section: list(pages) for section, pages in sections}, position="top")
    st.set_page_config(page_title=shown[current].browser_title)
    current.run()
else:  # as `streamlit run` imports it, once
    from pages.shared.serving import opened_once, page_routes

    app = st.App(__file__, routes=page_routes(), lifespan=opened_once)
