"""Flows: compiled to a plan, advanced from state to state by events; effects say what to do."""
