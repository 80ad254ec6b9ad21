"""What is measured, one subject a file.

text.py: how well a picture was read. ink.py, pseudo.py, edges.py: how well its ink was found.
means.py, compare.py: what many pictures say together.
"""
