"""Other generators of static sites, given the same pages as okrsite makes."""
