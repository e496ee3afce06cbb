"""How content is written: bytes to text, YAML to plain values with their places, and what is wrong with either."""
