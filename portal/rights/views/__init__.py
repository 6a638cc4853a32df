"""The pages of people's rights over their own data."""
