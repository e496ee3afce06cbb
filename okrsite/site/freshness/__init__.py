"""What of the last build still holds: which pages need not be made again, and whether anything changed at all."""
