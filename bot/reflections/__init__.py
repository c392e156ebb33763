"""From what was noted at a conversation to the post about it, and to what came of it."""
