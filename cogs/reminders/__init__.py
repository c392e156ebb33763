"""Reminders on Discord: what people choose, what they read, and what organisers see of it."""
