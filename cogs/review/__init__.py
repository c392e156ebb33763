"""What waits for moderators, in one place."""
