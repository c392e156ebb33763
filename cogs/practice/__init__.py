"""Practice as people meet it: written, looked at, found, talked about, and looked after."""
