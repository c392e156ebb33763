"""The SQL of reflections."""
