"""SQLite: one writer, one reader, the one copy that may use them, and the migrations."""
