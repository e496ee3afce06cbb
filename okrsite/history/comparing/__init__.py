"""How two states of a portal differ, wherever they come from."""
