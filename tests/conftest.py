"""Options of the tests."""

from __future__ import annotations


def pytest_addoption(parser):
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write the golden pictures anew instead of comparing with them",
    )
