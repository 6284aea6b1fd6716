"""Changes of the builder's tables."""
