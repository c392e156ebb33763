"""Quotes: people's own words, kept with their consent and shown only as it goes."""
