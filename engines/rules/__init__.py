"""Rules: when something happens and a condition is met, do something."""
