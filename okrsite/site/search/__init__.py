"""Search: what readers may look for in their browsers, without a server. The looking itself is in the theme."""

from okrsite.site.search.index import found_of, search_index
from okrsite.site.search.texts import WrittenText, written_text

__all__ = ["WrittenText", "found_of", "search_index", "written_text"]
