"""Conversations on Discord: commands, cards, lists, and keeping cards true."""
