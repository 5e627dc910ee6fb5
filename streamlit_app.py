"""Sentiment Lab: the server's app, and page configuration and navigation for each reader."""

from itertools import groupby

import streamlit as st

from pages.shared.class_bar import class_bar
from pages.shared.language import settle_language
from pages.shared.site import HOME, PAGES

if __name__ == "__main__":  # Streamlit runs the script like this for each reader
    settle_language()
    # Set before the navigation. Otherwise a page's icon becomes the tab's icon and is fetched from another server.
    st.set_page_config(page_icon="docs/icon.svg", layout="wide", menu_items={"About": HOME.description})
    shown = {
        st.Page(page.script, title=page.title, icon=page.icon, url_path=page.address, default=page is HOME): page
        for page in PAGES
    }
    sections = groupby(shown, key=lambda page: shown[page].section)
    current = st.navigation({section: list(pages) for section, pages in sections}, position="top")
    st.set_page_config(page_title=shown[current].browser_title)
    class_bar(shown[current].address)
    current.run()
else:  # `streamlit run` imports the script like this once
    from starlette.middleware import Middleware

    from pages.shared.admission import Admission
    from pages.shared.class_routes import class_routes
    from pages.shared.export_routes import export_routes
    from pages.shared.forget_route import forget_routes
    from pages.shared.health_routes import MetricsGuard, health_routes
    from pages.shared.live_routes import live_routes
    from pages.shared.measures import Measured
    from pages.shared.phone_routes import phone_routes
    from pages.shared.security_headers import SecurityHeaders
    from pages.shared.security_messages import MessageGuard
    from pages.shared.security_origins import OriginGuard, settle_hosts
    from pages.shared.security_rates import RateGuard
    from pages.shared.serving import opened_once, page_routes
    from pages.shared.settings import check_settings
    from pages.shared.static_files import StaticFiles
    from pages.shared.upload_guard import UploadGuard, settle_limit

    check_settings()
    settle_limit()
    settle_hosts()
    routes = [*page_routes(), *live_routes(), *export_routes(), *class_routes(), *phone_routes()]
    routes += [*health_routes(), *forget_routes()]
    # The first one sees a request first.
    outer = SecurityHeaders, OriginGuard, RateGuard, Measured, StaticFiles
    inner = MetricsGuard, Admission, MessageGuard, UploadGuard
    middleware = [Middleware(guard) for guard in (*outer, *inner)]
    app = st.App(__file__, routes=routes, middleware=middleware, lifespan=opened_once)
