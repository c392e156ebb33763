"""The whole bot on a pretend Discord, in a browser page. The only part that knows simcord."""
