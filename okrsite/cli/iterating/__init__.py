"""How a cycle is gone through at the command line: check in, close, open; what is asked, and what is said after."""
