"""Private messages: sending them, and making up for those that cannot be sent."""
