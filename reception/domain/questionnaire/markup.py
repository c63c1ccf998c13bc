"""Words that come as XHTML or Markdown, as plain text: nothing of a foreign form is ever drawn as markup."""

import re
from html.parser import HTMLParser

_BLOCKS = frozenset({"p", "div", "br", "li", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "pre"})
# What a hostile text costs grows with the square of its length.
_MOST = 10_000
_UNSEEN = frozenset({"script", "style", "head", "title"})
_LINK = re.compile(r"!?\[([^\]]{0,500})\]\([^)\s]{0,2000}\)")
_MARKS = re.compile(r"(\*\*|__|`)(?=\S)(.{1,500}?)(?<=\S)\1")
_LEADS = re.compile(r"^ {0,3}(#{1,6}|>) +", re.MULTILINE)
_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r" ?\n\s*")


def from_xhtml(source: str) -> str:
    """What a reader sees of it; pictures, scripts and broken tags leave nothing."""
    reader = _Reader()
    reader.feed(source[:_MOST])
    reader.close()
    return _LINES.sub("\n", _SPACES.sub(" ", "".join(reader.seen))).strip()


def from_markdown(source: str) -> str:
    """The words without stars, hashes and the targets of links; lines stay lines. What is very long stays as it is."""
    if len(source) > _MOST:
        return source.strip()
    words = _LINK.sub(r"\1", source)
    words = _MARKS.sub(r"\2", words)
    return _LEADS.sub("", words).strip()


class _Reader(HTMLParser):
    """Gathers the text between the tags."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.seen: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag in _BLOCKS:
            self.seen.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN and self._unseen:
            self._unseen -= 1
        elif tag in _BLOCKS:
            self.seen.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.seen.append(data.replace("\n", " "))
