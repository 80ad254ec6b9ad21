"""The words that scenes are made of."""

from __future__ import annotations

from typing import Final


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_THEMES: Final = {
    "campus": """university college school library student faculty lecture campus hostel technology
        science journal degree subject exam results marks grade class notes books theory ticket fees
        hall lab pass fail bank mess sports valuation seminar thesis tutor dean pupil course""",
    "office": """meeting report budget folder printer invoice manager deadline contract agenda
        project client memo desk paper office staff salary profit board review target stamp
        calendar archive minutes copy draft signature department""",
    "market": """apple bread butter carrot cheese cherry coffee flour garlic honey lemon melon milk
        mustard olive onion orange pepper plum potato rice salad salt sugar tomato walnut basket
        price stall bargain change receipt""",
    "travel": """airport arrival border bridge captain coast departure ferry harbor hotel island
        journey luggage map passport pilot platform port railway road route station suitcase
        ticket timetable train tunnel village voyage""",
    "weather": """autumn breeze cloud drizzle fog forecast frost hail heat ice lightning mist moon
        rain rainbow season shower sky snow spring storm summer sun temperature thunder tide
        wind winter""",
    "home": """bathroom bedroom blanket bucket candle carpet ceiling chair chimney clock cupboard
        curtain door drawer fence floor garden hammer kettle key kitchen ladder lamp mirror pillow
        roof shelf stairs table wall window""",
    "nature": """badger beetle birch canyon cedar cliff creek eagle falcon fern field forest fox
        glacier hill lake leaf lizard maple meadow moss mountain oak otter owl pebble pine rabbit
        river salmon sparrow stone swan valley willow wolf""",
    "sound": """bass bell cello choir chord concert dance drum flute guitar harp melody music note
        opera orchestra organ piano rhythm singer song tempo trumpet tune violin voice volume""",
    "body": """ankle arm bone brain cheek chest ear elbow eye finger foot hair hand head heart blood
        hip knee leg lung mouth muscle neck nose shoulder skin stomach throat thumb tooth wrist""",
    "craft": """anvil bolt brick cable cement chisel copper drill engine forge gear glass glue
        handle hinge iron leather lever loom machine nail needle paint plank pulley rope saw screw
        steel thread tool valve wheel wire wood workshop""",
}

THEMES: Final = {name: tuple(sorted(set(words.split()))) for name, words in _THEMES.items()}
WORDS: Final = tuple(sorted({word for words in THEMES.values() for word in words}))

PEOPLE: Final = _words(
    """teacher driver neighbor doctor gardener clerk painter sailor builder baker keeper
    traveler farmer tailor guard writer nurse judge miller hunter printer visitor"""
)
PLACES: Final = _words(
    """station harbor market village library garden bridge valley workshop kitchen office
    school forest courtyard square theater tower museum orchard island mill"""
)
THINGS: Final = _words(
    """letter lantern basket clock ladder mirror parcel ticket blanket bottle hammer kettle
    umbrella picture bicycle wagon machine notebook curtain carpet suitcase document"""
)
ADJECTIVES: Final = _words(
    """old quiet narrow heavy bright broken early wooden empty famous gentle broad small plain
    careful distant yellow green steady warm cold simple crowded pale hidden useful"""
)
VERBS: Final = _words(
    """carried found repaired forgot painted opened sold described followed borrowed lifted
    watched measured covered returned moved noticed ordered collected crossed"""
)
ADVERBS: Final = _words(
    """slowly quickly often rarely quietly carefully suddenly twice almost finally gladly
    already together"""
)
SURNAMES: Final = _words(
    """Alder Barlow Conrad Dunmore Ellery Farrow Gilman Hartley Ingram Jessop Kendrick Lowell
    Merton Norwood Ormond Prescott Quayle Radley Selby Thorne Upton Verney Whitlock
    Yardley"""
)
MONTHS: Final = _words(
    """January February March April May June July August September October November December"""
)
