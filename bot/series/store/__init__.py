"""The SQL of this feature, one module for each table."""
