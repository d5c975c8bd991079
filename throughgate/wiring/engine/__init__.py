"""The database as Django reaches it."""
