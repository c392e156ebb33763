"""Keeping what the network has, and what is kept about people: theirs to see, take and erase."""
