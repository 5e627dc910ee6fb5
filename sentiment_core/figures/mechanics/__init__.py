"""Pictures of the Mechanics page."""
