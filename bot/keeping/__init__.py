"""Keeping what the network has: backups, and what is owed to people when one is restored."""
