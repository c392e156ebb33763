"""Troubles: what the bot could not do in a server, told once and shown until it can again."""
