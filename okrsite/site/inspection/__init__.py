"""What is wrong with a portal that can be read: as a site, and as the rules see it."""
