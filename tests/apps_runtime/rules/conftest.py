"""Fixtures of the deals application."""

from tests.apps_runtime.deal_fixtures import client_of, installed, people

__all__ = ["client_of", "installed", "people"]
