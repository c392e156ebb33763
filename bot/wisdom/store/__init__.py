"""The SQL of wisdom, a module for each thing that is kept."""
