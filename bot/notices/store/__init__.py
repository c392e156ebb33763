"""The SQL for notices: what is owed (`notice`), and who cannot be written to (`closed`)."""
