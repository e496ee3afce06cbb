"""Snapshots: a built folder, published for good. Knows files, never goals: those are told by ``okrs.json``."""
