"""Quotes: what people said, kept with their consent and found again."""
