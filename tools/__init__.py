"""Set-up, servers and processes for a machine that has Python and nothing else."""
