"""Draw records as figures for plotly.js, with one file per page. Uses no network and no page."""
