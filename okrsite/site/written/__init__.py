"""Pages that people write, and the goals within them: links, cards and charts."""
