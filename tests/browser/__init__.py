"""Journeys of people through a running installation, with pointer, keyboard and file chooser."""
