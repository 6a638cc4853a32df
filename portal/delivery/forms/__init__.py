"""What is asked of officials who carry out, of people who judge, and of those at the desk."""
