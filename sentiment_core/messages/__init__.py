"""Everything that turns numbers and codes into words for a reader."""
