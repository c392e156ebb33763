"""What is done about reminders: `owing` in time, `telling` what is true, and people's `wishes`."""
