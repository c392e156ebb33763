"""The whole bot on a pretend Discord, in a browser page. The only part that knows simcord."""

import logging

# simcord makes clients while it is imported, and discord.py warns that they can't speak or see.
for _name in ("discord.client", "discord.state"):
    logging.getLogger(_name).setLevel(logging.ERROR)
