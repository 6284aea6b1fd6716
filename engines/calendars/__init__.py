"""Business time: opening hours, holidays and make-up days; add and measure working time."""
