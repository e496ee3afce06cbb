"""A portal as it stands in a commit: one, the last that was published, or the two sides of a comparison."""
