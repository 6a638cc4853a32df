"""What supports oblige the city to do: steps, the panel drawn by lot, simulator, merging."""
