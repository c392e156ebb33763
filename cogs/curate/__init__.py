"""Looking after what people have shared, of whatever sort."""
