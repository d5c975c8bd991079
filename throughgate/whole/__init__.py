"""The whole of one record, as a permit reads it, for whatever shows or hands over all of it."""
