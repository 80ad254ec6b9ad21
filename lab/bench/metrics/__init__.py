"""What is measured, one subject a file.

text.py: how well a picture was read. ink.py, edges.py: how well its ink was found.
boxes.py: where characters stand. means.py, compare.py: what many pictures say together.
"""
