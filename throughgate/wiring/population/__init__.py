"""Invented people, as many as are wanted, told in the extracts organisations send, with the truth beside.

The same number, seed and days give the same bytes on any machine. It writes files only: there is no way from
here into the record but the import that everybody uses. How often things happen is data (`data/population`).
"""
