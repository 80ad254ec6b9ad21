"""From ink to better ink: one file a step. Steps don't know each other.

Each step is a function ``step(ink, scale, **settings) -> ink`` that returns new ink and never
changes its own; `scale` is the text's, so that every setting is a count of stroke widths or
x-heights. To add a step is to add a file here and a row to the table in `foretext.recipe`.
"""
