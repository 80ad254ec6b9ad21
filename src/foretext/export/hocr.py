"""Results as hOCR 1.2, the HTML that OCR programs exchange.

Source: hOCR, OCR Workflow and Output embedded in HTML, version 1.2, 2020 (T. Breuel, K. Baierer).
"""

from __future__ import annotations

import math
from itertools import count
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element, SubElement

from foretext._version import __version__
from foretext.cleaned import Cleaned
from foretext.export.xml import around, document, fit
from foretext.reading import Box, Line, Reading, Word

_DOCTYPE = (
    '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" '
    '"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">'
)
_CLASSES = ("ocr_page", "ocr_carea", "ocr_par", "ocr_line", "ocrx_word", "ocrx_cinfo")


def to_hocr(cleaned: Cleaned, reading: Reading) -> str:
    """Return a reading as a document in hOCR.

    Parameters
    ----------
    cleaned : Cleaned
        The picture: its name, size and resolution are told.
    reading : Reading
        What was read of it.

    Returns
    -------
    str
        ASCII. One ``ocr_page`` with lines, words and, as ``ocrx_cinfo``, characters; all boxes
        in whole pixels of the input, confidences from 0 to 100. Characters that XML can't hold
        are replaced.
    """
    html = Element("html", {"xmlns": "http://www.w3.org/1999/xhtml"})
    _head(SubElement(html, "head"), reading)
    page = _part(SubElement(html, "body"), "div", "ocr_page", "page_1", _of_page(cleaned))
    if reading.lines:
        title = _bbox(around(reading.lines))
        area = _part(page, "div", "ocr_carea", "block_1", title)
        paragraph = _part(area, "p", "ocr_par", "par_1", title)
        words = count(1)
        for number, line in enumerate(reading.lines, start=1):
            _line(paragraph, line, number, words)
    _indent(html)
    return document(html, _DOCTYPE)


def _head(head: Element, reading: Reading) -> None:
    SubElement(head, "title").text = "foretext"
    SubElement(head, "meta", {"charset": "utf-8"})
    metadata = {
        "ocr-system": f"foretext {__version__} ({reading.engine})",
        "ocr-capabilities": " ".join(_CLASSES),
        "ocr-number-of-pages": "1",
    }
    for name, content in metadata.items():
        SubElement(head, "meta", {"name": name, "content": fit(content)})


def _of_page(cleaned: Cleaned) -> str:
    source = cleaned.source
    # The quotes and semicolons are of the notation, in which nothing can be escaped.
    name = fit(source.source).replace('"', "%22").replace(";", "%3B")
    size = _bbox(Box(0, 0, source.width, source.height))
    parts = [f'image "{name}"', size, "ppageno 0"]
    if source.dpi:
        parts.append("scan_res {} {}".format(*(round(value) for value in source.dpi)))
    return "; ".join(parts)


def _line(paragraph: Element, line: Line, number: int, words: count[int]) -> None:
    element = _part(paragraph, "span", "ocr_line", f"line_{number}", _bbox(line.box))
    for word in line.words:
        _word(element, word, next(words))


def _word(line: Element, word: Word, number: int) -> None:
    title = f"{_bbox(word.box)}; x_wconf {_percent(word.confidence)}"
    element = _part(line, "span", "ocrx_word", f"word_{number}", title)
    if not word.characters:
        element.text = fit(word.text)
    for place, character in enumerate(word.characters, start=1):
        boxes = _bbox(character.box).replace("bbox", "x_bboxes")
        title = f"{boxes}; x_confs {_percent(character.confidence)}"
        name = f"character_{number}_{place}"
        _part(element, "span", "ocrx_cinfo", name, title).text = fit(character.text)


def _part(parent: Element, tag: str, kind: str, name: str, title: str) -> Element:
    return SubElement(parent, tag, {"class": kind, "id": name, "title": title})


def _indent(html: Element) -> None:
    """Put each element on a line of its own, but not the characters of a word.

    Between those, white space would be a part of the text.
    """
    ET.indent(html, " ")
    for word in html.iterfind(".//span[@class='ocrx_word']"):
        if len(word):
            word.text = None
        for character in word:
            character.tail = None


def _bbox(box: Box) -> str:
    """Return the smallest box in whole pixels that holds a box."""
    left, top = math.floor(box.left), math.floor(box.top)
    return f"bbox {left} {top} {math.ceil(box.right)} {math.ceil(box.bottom)}"


def _percent(confidence: float) -> int:
    return round(100 * confidence)
