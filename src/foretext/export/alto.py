"""Results as ALTO 4.4, the XML in which libraries keep what OCR read.

Source: Analyzed Layout and Text Object, version 4.4, 2022 (Library of Congress).
"""

from __future__ import annotations

import json
import unicodedata
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element, SubElement

from foretext._version import __version__
from foretext.cleaned import Cleaned
from foretext.export.xml import around, document, fit
from foretext.reading import Box, Character, Line, Reading, Word
from foretext.steps import Step

_NAMESPACE = "http://www.loc.gov/standards/alto/ns-v4#"
_SCHEMA = "http://www.loc.gov/standards/alto/v4/alto-4-4.xsd"
_LONGEST_VARIANT = 3


def to_alto(cleaned: Cleaned, reading: Reading) -> str:
    """Return a reading as a document in ALTO.

    Parameters
    ----------
    cleaned : Cleaned
        The picture: its name and size, and the steps of its cleaning, are told.
    reading : Reading
        What was read of it.

    Returns
    -------
    str
        ASCII. One ``Page`` with lines, strings and, as ``Glyph``, characters; all boxes in
        pixels of the input, confidences from 0 to 1. Characters that XML can't hold are
        replaced.
    """
    alto = Element(
        "alto",
        {
            "xmlns": _NAMESPACE,
            "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
            "xsi:schemaLocation": f"{_NAMESPACE} {_SCHEMA}",
            "SCHEMAVERSION": "4.4",
        },
    )
    done = _description(SubElement(alto, "Description"), cleaned, reading)
    _page(SubElement(alto, "Layout"), cleaned, reading, done)
    ET.indent(alto, " ")
    return document(alto)


def _description(description: Element, cleaned: Cleaned, reading: Reading) -> list[str]:
    """Describe the picture and what was done; return the names of these processings."""
    SubElement(description, "MeasurementUnit").text = "pixel"
    information = SubElement(description, "sourceImageInformation")
    SubElement(information, "fileName").text = fit(cleaned.source.source)
    names = [f"step_{number}" for number in range(1, len(cleaned.steps) + 1)]
    for name, step in zip(names, cleaned.steps, strict=True):
        _processing(description, name, step)
    _recognition(description, reading)
    return [*names, "recognition"]


def _processing(description: Element, name: str, step: Step) -> None:
    element = SubElement(description, "Processing", {"ID": name})
    SubElement(element, "processingCategory").text = "preOperation"
    told = f"{step.name}: {step.note}" if step.note else step.name
    SubElement(element, "processingStepDescription").text = fit(told)
    settings = json.dumps(dict(step.settings), sort_keys=True)
    SubElement(element, "processingStepSettings").text = settings
    _software(element, "foretext", __version__)


def _recognition(description: Element, reading: Reading) -> None:
    from foretext.recognize import version_of

    element = SubElement(description, "Processing", {"ID": "recognition"})
    SubElement(element, "processingCategory").text = "contentGeneration"
    for attempt in reading.attempts:
        turned = f", turned by {attempt.turn} degrees clockwise" if attempt.turn else ""
        told = f"reading, shown: {attempt.shown}{turned}"
        SubElement(element, "processingStepDescription").text = told
    _software(element, reading.engine, version_of(reading.engine))


def _software(processing: Element, name: str, version: str) -> None:
    element = SubElement(processing, "processingSoftware")
    SubElement(element, "softwareName").text = fit(name)
    if version:
        SubElement(element, "softwareVersion").text = fit(version)


def _page(layout: Element, cleaned: Cleaned, reading: Reading, done: list[str]) -> None:
    source = cleaned.source
    whole = Box(0, 0, source.width, source.height)
    size = {"WIDTH": str(source.width), "HEIGHT": str(source.height)}
    names = {"ID": "page_1", "PHYSICAL_IMG_NR": "1", "PROCESSINGREFS": " ".join(done)}
    page = SubElement(layout, "Page", {**names, **size, "PC": _number(reading.confidence)})
    space = SubElement(page, "PrintSpace", _at(whole))
    if not reading.lines:
        return
    block = SubElement(space, "TextBlock", {"ID": "block_1", **_at(around(reading.lines))})
    for number, line in enumerate(reading.lines, start=1):
        _line(block, line, f"line_{number}")


def _line(block: Element, line: Line, name: str) -> None:
    element = SubElement(block, "TextLine", {"ID": name, **_at(line.box)})
    for place, word in enumerate(line.words):
        if place:
            SubElement(element, "SP")
        _string(element, word, f"{name}_string_{place + 1}")


def _string(line: Element, word: Word, name: str) -> None:
    attributes = {"CONTENT": fit(word.text), "WC": _number(word.confidence)}
    element = SubElement(line, "String", {"ID": name, **_at(word.box), **attributes})
    for place, character in enumerate(word.characters, start=1):
        _glyph(element, character, f"{name}_glyph_{place}")


def _glyph(string: Element, character: Character, name: str) -> None:
    """Write a glyph: one code point; what has more is told as its variant."""
    text = unicodedata.normalize("NFC", fit(character.text))
    attributes = {"CONTENT": text[:1], "GC": _number(character.confidence)}
    element = SubElement(string, "Glyph", {"ID": name, **_at(character.box), **attributes})
    if 1 < len(text) <= _LONGEST_VARIANT:
        SubElement(element, "Variant", {"CONTENT": text, "VC": _number(character.confidence)})


def _at(box: Box) -> dict[str, str]:
    return {
        "HPOS": _number(box.left),
        "VPOS": _number(box.top),
        "WIDTH": _number(box.right - box.left),
        "HEIGHT": _number(box.bottom - box.top),
    }


def _number(value: float) -> str:
    return f"{value:.6g}"
