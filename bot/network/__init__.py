"""A network: one Discord server, and what its managers have chosen for it."""
