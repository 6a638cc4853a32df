"""What people type about a lab: shapes and limits; the domain decides."""
