"""Public data as files, every night: written once, counted, hashed, and kept for a while."""
