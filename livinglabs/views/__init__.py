"""Pages of the labs: reading, taking steps, taking part, keeping records."""
