"""What the bot keeps true on Discord: one keeper for each, so that none delays another."""
