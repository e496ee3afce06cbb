"""Git's hooks: written into a repository, and what they do when git runs them."""
