"""The folder that a site is written to: what differs is written, and nothing else."""
