"""The SQL of this feature. It reads who has a place from `sign_up`, and writes only its own."""
