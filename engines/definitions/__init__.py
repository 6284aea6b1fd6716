"""Definitions as data: read (JSON → definition or problems), write, upgrades, references, compare.

Each kind has a closed JSON Schema: a frame in ``kinds/<kind>.py``, filled by the engines above
through ``register_schema`` (this package may not import upwards).
"""

from engines.definitions.compare import Change, compare
from engines.definitions.keys import is_key, key_problems, proposed_key
from engines.definitions.layout import readable
from engines.definitions.read import Definition, read
from engines.definitions.references import Reference, references
from engines.definitions.schemas import KINDS, register_schema, schema
from engines.definitions.upgrades import current_format
from engines.definitions.write import digest, write

__all__ = [
    "KINDS",
    "Change",
    "Definition",
    "Reference",
    "compare",
    "current_format",
    "digest",
    "is_key",
    "key_problems",
    "proposed_key",
    "read",
    "readable",
    "references",
    "register_schema",
    "schema",
    "write",
]
