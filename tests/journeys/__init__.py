"""Promises to a person, kept in a real browser: given, when, then."""
