"""The database as Django's own backend knows it, with a cheaper look at kept connections."""
