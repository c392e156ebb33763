"""Practice: what worked for somebody, kept where others find it, with somebody who owns it."""
