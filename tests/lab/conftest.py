"""What tests of the bench share."""

import pytest


@pytest.fixture
def bench(monkeypatch):
    """Draw with the bundled fonts; skip where the lab's libraries are not installed."""
    for module in ("rapidfuzz", "doxapy"):
        pytest.importorskip(module, reason="a dependency of the lab alone")
    monkeypatch.setenv("FORETEXT_LAB_FONTS", "bundled")
