"""Where pages and other files are made, in whatever process, from what was read."""
