"""The SQL of practice. Rows stop here."""
