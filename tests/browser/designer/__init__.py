"""Journeys of administrators through the places of the designer."""
