"""Where in a form a question stands: its path, as a name for widgets and as plain data for drafts."""

import json

Path = tuple[tuple[str, int], ...]


def name(path: Path) -> str:
    """The name of the control of a question: form.q.2.1, and form.q.2.1_3 in the fourth of repeated groups."""
    instances = "_".join(str(n) for _, n in path if n)
    return f"form.q.{path[-1][0]}" + (f"_{instances}" if instances else "")


def key(path: Path) -> str:
    """A path as one word, for a draft."""
    return json.dumps(path, separators=(",", ":"))


def of(key: str) -> Path:
    """The path of such a word."""
    return tuple((str(link), int(n)) for link, n in json.loads(key))
