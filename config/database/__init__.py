"""Django's engine for PostgreSQL with a cheaper look at the health of a kept connection."""
