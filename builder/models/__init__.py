"""Tables of the builder: drafts and who changed them."""

from builder.models.draft import Draft, DraftChange, DraftDefinition

__all__ = ["Draft", "DraftChange", "DraftDefinition"]
