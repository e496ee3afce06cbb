"""Commits, built and published; and published ones, built again."""
