"""Calls for ideas with tracks, teams and a jury; and local problems that people report."""
