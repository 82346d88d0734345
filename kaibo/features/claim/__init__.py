"""Orders by comment."""
