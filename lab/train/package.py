"""The package's own copy of a network: the file, and its digest in the code that loads it.

The file is in 8 bits. The weights it was made of are kept beside this module, in 16: training can
go on from them, where its checkpoint is gone.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from pathlib import Path
from typing import Final, NamedTuple

#: The name of the network's file, here and there.
FILE: Final = "network.onnx"
#: The weights that it was made of, where they are made.
WEIGHTS: Final = "weights.onnx"
#: And where they are kept.
KEPT: Final = Path(__file__).with_name(WEIGHTS)
#: The module that loads it.
MODULE: Final = "network.py"
#: Where both of them are in this repository.
PACKAGE: Final = Path(__file__).parents[2] / "src" / "foretext" / "separate"
#: In bytes: what may go into a wheel.
LARGEST: Final = 4_000_000

_DIGEST: Final = re.compile(rb'^(_SHA256(?:: *[\w\[\].]+)? *= *")[0-9a-f]*(?=")', re.MULTILINE)


class PackageError(RuntimeError):
    """The package can't take the network."""


class Shipped(NamedTuple):
    """What can be said of the package's copy.

    Attributes
    ----------
    path : Path
        Where it is.
    sha256 : str
        Of its content.
    size : int
        In bytes.
    """

    path: Path
    sha256: str
    size: int


def check(package: Path, module: str = MODULE) -> None:
    """Make sure that a package has a place for the digest.

    Parameters
    ----------
    package : Path
        The folder of the module.
    module : str, optional
        The name of the module that loads the network.

    Raises
    ------
    PackageError
        If there is no such module, or not exactly one constant ``_SHA256`` in it.
    """
    _with_digest(package / module, "")


def put(file: Path, package: Path, name: str = FILE, module: str = MODULE) -> Shipped:
    """Copy a network into a package, and write its digest into the code there.

    Both files are written whole under other names first, so neither is ever seen half written.
    Nothing is changed if anything is wrong.

    Parameters
    ----------
    file : Path
        An ONNX file.
    package : Path
        The folder of the module.
    name : str, optional
        The name of the network's file there.
    module : str, optional
        The name of the module that loads it.

    Returns
    -------
    Shipped
        The copy.

    Raises
    ------
    PackageError
        If the file is too large, or the code has no place for the digest.
    """
    content = file.read_bytes()
    if len(content) > LARGEST:
        message = f"{file} has {len(content):,} bytes; {LARGEST:,} may be shipped"
        raise PackageError(message)
    digest = hashlib.sha256(content).hexdigest()
    loads_it = package / module
    _replace({package / name: content, loads_it: _with_digest(loads_it, digest)})
    return shipped(package, name)


def shipped(package: Path, name: str = FILE) -> Shipped:
    """Describe the copy that a package has."""
    path = package / name
    content = path.read_bytes()
    return Shipped(path, hashlib.sha256(content).hexdigest(), len(content))


def _with_digest(module: Path, digest: str) -> bytes:
    if not module.is_file():
        message = f"there is no {module}"
        raise PackageError(message)
    changed, number = _DIGEST.subn(rb"\g<1>" + digest.encode(), module.read_bytes())
    if number != 1:
        message = f'{module} should have one line _SHA256 = "...", and has {number}'
        raise PackageError(message)
    return changed


def _replace(contents: dict[Path, bytes]) -> None:
    partials = {path: path.with_name(f".{path.name}.{os.getpid()}") for path in contents}
    try:
        for path, partial in partials.items():
            partial.write_bytes(contents[path])
            if path.exists():
                shutil.copymode(path, partial)
        for path, partial in partials.items():
            partial.replace(path)
    finally:
        for partial in partials.values():
            partial.unlink(missing_ok=True)
