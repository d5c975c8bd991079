"""Custody: where a person is held, in what standing, and when they may leave."""
