"""The SQL for notices: what is owed and when, who cannot be written to, what is posted instead."""
