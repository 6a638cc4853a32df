"""What people type about calls and local problems, checked for shape only."""
