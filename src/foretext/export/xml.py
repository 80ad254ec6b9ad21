"""What all XML that is written here has in common."""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.etree import ElementTree as ET

from foretext.reading import Box, Line

# What XML 1.0 has no way to hold: most control characters, lone surrogates, two noncharacters.
_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_REPLACEMENT = "\ufffd"


def fit(text: str) -> str:
    """Return a text that XML can hold: what it can't is shown as a replacement character."""
    return _UNFIT.sub(_REPLACEMENT, text)


def document(root: ET.Element, doctype: str = "") -> str:
    """Return a whole document, indented.

    Parameters
    ----------
    root : Element
        Its only element.
    doctype : str, optional
        A document type declaration.

    Returns
    -------
    str
        ASCII, so that no terminal or pipe can spoil it.
    """
    body = ET.tostring(root, encoding="us-ascii", xml_declaration=False).decode("ascii")
    head = ['<?xml version="1.0" encoding="UTF-8"?>', *([doctype] if doctype else [])]
    return "\n".join([*head, body, ""])


def around(lines: Iterable[Line]) -> Box:
    """Return the smallest box around some lines; at least one."""
    return Box.around(line.box for line in lines)
