"""Tokenshare Explorer: who leads in token usage, since when, by how much, and of what."""

__version__ = "0.1.0"
