"""Kinds, themes and words, as moderators change them, and the practice forum's tags."""
