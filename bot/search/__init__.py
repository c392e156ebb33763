"""Finding what people said and shared, by their own words or by another's."""
