"""The themes that okrsite brings; installed as the package ``okrsite_themes``."""
