"""Setting a server up, and checking that it is."""
