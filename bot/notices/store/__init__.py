"""The SQL for notices: what is owed, who cannot be written to, and what is posted instead."""
