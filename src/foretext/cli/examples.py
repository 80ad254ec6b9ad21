"""What stands below each command's help."""

from __future__ import annotations

from typing import Final

FORETEXT: Final = """
 Examples:

   foretext read scan.png
   foretext clean scans/ -o clean/
   foretext explain scan.png -o why.png
   foretext clean --help

 Exit codes: 0 all is done; 2 wrong usage; 10 to 19 a picture or PDF can't be
 taken in; 20 and 21 OCR can't work; 30 a result can't be written; 40 a package
 is missing; 1 anything else, or failures of several kinds.
"""

CLEAN: Final = """
 Examples:

   foretext clean scan.png -o clean.png
   foretext clean scan.png -o text.png --keep 'gray:100-105'
   foretext clean scans/ extra.tif -o clean/ --view image
   foretext clean in.pdf -o out.pdf --pages 1-3,7
   foretext clean - -o - < scan.png | tesseract - -

 An input is never overwritten; other files are. Pages of a PDF that hold real
 text, are not asked for or fail are copied as they are.
"""

READ: Final = """
 Examples:

   foretext read scan.png
   foretext read scan.png --engine rapidocr --keep '#666'
   foretext read scans/ --format json > scans.jsonl
   foretext read scan.png --format alto > scan.xml
   foretext read scan.png --characters letters/
   foretext read in.pdf --pages 5- > text.txt
   curl -s https://example.org/scan.png | foretext read -

 A picture without text prints nothing, is noted on stderr, and is no failure.
"""

LAYERS: Final = """
 Examples:

   foretext layers scan.png
   foretext read scan.png --keep 2
"""

EXPLAIN: Final = """
 Examples:

   foretext explain scan.png -o why.png
   foretext explain scan.png -o why.png --keep 2 --engine rapidocr
"""

RECIPE: Final = """
 Examples:

   foretext recipe show > my.toml
   foretext read scan.png --recipe my.toml
"""
