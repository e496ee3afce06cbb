"""The commands: one file a group. Each reads its options, calls one function of another room, and prints."""
