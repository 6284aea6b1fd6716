"""Definitions as data: read (JSON → definition or problems), write, upgrades, references, compare.

Start at ``read.read``. Each kind has a closed JSON Schema: a frame in ``kinds/<kind>.py``, filled
by the engines above through ``schemas.register_schema`` (this package may not import upwards).
"""
