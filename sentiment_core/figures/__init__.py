"""Room 5: records become plotly figures, one file a page. Queries no network, calls no page."""
