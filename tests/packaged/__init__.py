"""Tests of packaged applications: they are definitions, and nothing else knows their keys."""
