"""Series: the rules that make conversations."""
