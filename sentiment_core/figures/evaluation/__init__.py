"""Pictures of classifiers on a test split: records of `analysis.evaluation` become Plotly figures."""
