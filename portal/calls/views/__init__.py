"""Pages of calls and local problems."""
