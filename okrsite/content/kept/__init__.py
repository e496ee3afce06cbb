"""What is known of the last reading, so that only what changed is read."""
