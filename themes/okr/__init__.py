"""The theme ``okr``: templates, styles and scripts of a portal."""
