"""From records to HTML: the templates, what surrounds every page, and texts that are safe to show."""
