"""Room 5: records become figures as plotly.js takes them, one file a page. Queries no network, calls no page."""
