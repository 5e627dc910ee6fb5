"""Why a classifier judges one text as it does."""
