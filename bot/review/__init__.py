"""What waits for moderators, of whatever sort, in one queue."""
