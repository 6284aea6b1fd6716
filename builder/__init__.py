"""The designer's side: drafts, checking, comparing, publishing; it publishes to the runtime."""
