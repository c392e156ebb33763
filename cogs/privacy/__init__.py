"""What is kept about people: shown to them, taken away, forgotten."""
