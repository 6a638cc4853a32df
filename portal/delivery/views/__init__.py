"""Pages about the doing."""
