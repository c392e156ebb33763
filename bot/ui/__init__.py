"""Bases for everything people press, and the one answer to everything that fails."""
