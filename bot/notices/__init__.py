"""Notices: messages the bot owes somebody, kept in the database until they are settled."""
