"""The site: which pages there are, what each shows, how they are rendered; and the MkDocs plugin, a door to it."""
