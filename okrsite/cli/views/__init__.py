"""What commands show in a terminal: one file a view, made from the portal and its figures with rich."""
