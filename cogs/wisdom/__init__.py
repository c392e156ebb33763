"""Quotes as people meet them: shared, agreed to, looked at, found, and taken back."""
