"""Which font families the scenes draw with, and where Debian keeps them.

A row is *family, kin, kind*. Families of one kin are cuts of the same design (the many faces of
Helvetica, say, or a sans and its monospaced sister); a split takes a kin whole, so that a test
letter is never a training letter under another name. Families with old-style figures are left out:
their zero is an o.
"""

from __future__ import annotations

from typing import Final, NamedTuple


class Family(NamedTuple):
    """One font family that may be drawn with."""

    name: str
    kin: str
    kind: str


PACKAGES: Final = (
    "fonts-adf-accanthis",
    "fonts-adf-gillius",
    "fonts-adf-tribun",
    "fonts-adf-universalis",
    "fonts-anonymous-pro",
    "fonts-averia-sans-gwf",
    "fonts-averia-serif-gwf",
    "fonts-blankenburg",
    "fonts-breip",
    "fonts-bwht",
    "fonts-cabin",
    "fonts-cantarell",
    "fonts-clear-sans",
    "fonts-cmu",
    "fonts-comfortaa",
    "fonts-comic-neue",
    "fonts-crosextra-caladea",
    "fonts-crosextra-carlito",
    "fonts-dancingscript",
    "fonts-dejavu-core",
    "fonts-dejavu-extra",
    "fonts-dkg-handwriting",
    "fonts-dosis",
    "fonts-ecolier-court",
    "fonts-femkeklaver",
    "fonts-firacode",
    "fonts-freefont-ttf",
    "fonts-gamaliel",
    "fonts-gfs-artemisia",
    "fonts-gfs-didot",
    "fonts-gfs-neohellenic",
    "fonts-go",
    "fonts-hack",
    "fonts-havana",
    "fonts-humor-sans",
    "fonts-inconsolata",
    "fonts-isabella",
    "fonts-joscelyn",
    "fonts-jura",
    "fonts-karla",
    "fonts-kaushanscript",
    "fonts-klee",
    "fonts-kristi",
    "fonts-lato",
    "fonts-leckerli-one",
    "fonts-liberation",
    "fonts-linuxlibertine",
    "fonts-lobster",
    "fonts-mononoki",
    "fonts-oldstandard",
    "fonts-open-sans",
    "fonts-oxygen",
    "fonts-paratype",
    "fonts-play",
    "fonts-quattrocento",
    "fonts-quicksand",
    "fonts-roboto-slab",
    "fonts-roboto-unhinted",
    "fonts-rufscript",
    "fonts-sil-andika",
    "fonts-sil-charis",
    "fonts-sil-gentium-basic",
    "fonts-sjfonts",
    "fonts-tuffy",
    "fonts-urw-base35",
    "fonts-yanone-kaffeesatz",
)

_SANS: Final = """
Andika=andika, Averia Sans GWF=averia, Cabin=cabin, Cantarell=cantarell, Carlito=lato,
Clear Sans=clear sans, CMU Bright=computer modern, CMU Sans Serif=computer modern,
Comfortaa=comfortaa, Comic Neue=comic neue, DejaVu Sans=dejavu, Dosis=dosis, FreeSans=helvetica,
GFS Neohellenic=neohellenic, Gillius ADF=gillius, Go=go, Jura=jura, Karla=karla, Lato=lato,
Liberation Sans Narrow=helvetica, Liberation Sans=helvetica, Linux Biolinum O=libertine,
Nimbus Sans Narrow=helvetica, Nimbus Sans=helvetica, Open Sans Condensed=open sans,
Open Sans=open sans, Oxygen-Sans=oxygen, Play=play, PT Sans Narrow=pt, PT Sans=pt,
Quicksand=quicksand, Roboto Condensed=roboto, Roboto=roboto, Tuffy=tuffy,
Universalis ADF Std=universalis, URW Gothic=avant garde, Yanone Kaffeesatz=kaffeesatz
"""

_SERIF: Final = """
Accanthis ADF Std=accanthis, Averia Serif GWF=averia, C059=schoolbook, Caladea=caladea,
Charis SIL=charis, CMU Concrete=computer modern, CMU Serif=computer modern, DejaVu Serif=dejavu,
FreeSerif=times, Gentium Basic=gentium, Gentium Book Basic=gentium, GFS Artemisia=artemisia,
GFS Didot=didot, Liberation Serif=times, Linux Libertine O=libertine, Nimbus Roman=times,
Old Standard TT=old standard, P052=palatino, PT Serif=pt, Quattrocento=quattrocento,
Roboto Slab=roboto, Tribun ADF Std=tribun, URW Bookman=bookman
"""

_MONO: Final = """
Anonymous Pro=anonymous pro, CMU Typewriter Text=computer modern, DejaVu Sans Mono=dejavu,
Fira Code=fira code, FreeMono=courier, Go Mono=go, Hack=dejavu, Inconsolata=inconsolata,
Liberation Mono=liberation mono, mononoki=mononoki, Nimbus Mono PS=courier, Oxygen Mono=oxygen,
PT Mono=pt
"""

# What looks written by hand, blackletter too; drawn only where it is asked for.
_HAND: Final = """
Because We Build=build, Because We Connect=connect, Because We Create=create,
Because We Learn=learn, Because We Mentor=mentor, Because We Organize=organize,
Blankenburg_UNZ1A=blankenburg, Breip=breip, Dancing Script=dancing script, Delphine=delphine,
DkgHandwriting=dkg, Ecolier_court=ecolier, femkeklaver=femkeklaver, Gamaliel=gamaliel,
Havana=havana, Humor Sans=humor sans, Isabella=isabella, Joscelyn=joscelyn, Kaushan Script=kaushan,
Klee One=klee, Kristi=kristi, Leckerli One=leckerli, Lobster Two=lobster, Rufscript=rufscript,
Steve=steve
"""


def _rows(table: str, kind: str) -> list[Family]:
    pairs = (entry.strip().split("=") for entry in table.strip().replace("\n", " ").split(","))
    return [Family(name, kin, kind) for name, kin in pairs]


FAMILIES: Final = {
    family.name: family
    for family in (
        *_rows(_SANS, "sans"),
        *_rows(_SERIF, "serif"),
        *_rows(_MONO, "mono"),
        *_rows(_HAND, "hand"),
    )
}
