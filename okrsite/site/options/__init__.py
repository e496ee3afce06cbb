"""The options of the configuration: checked, everything that is wrong with them at once."""
