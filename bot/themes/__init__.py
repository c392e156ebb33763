"""Kinds and themes: what sort of thing something is, and what it is about."""
