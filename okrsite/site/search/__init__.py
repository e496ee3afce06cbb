"""Search: what readers may look for in their browsers, without a server. The looking itself is in the theme."""

from okrsite.site.search.index import search_index
from okrsite.site.search.texts import WrittenText, written_text

__all__ = ["WrittenText", "search_index", "written_text"]
