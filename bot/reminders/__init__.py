"""Reminders: everybody hears in time, and nobody who does not want to."""
