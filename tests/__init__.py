"""Proof that the parts do what their contracts say."""
