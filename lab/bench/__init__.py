"""The bench: foretext and its peers on the same pictures, under the same measures.

``python -m lab.bench run`` measures, ``python -m lab.bench report`` writes ``docs/benchmarks``,
``python -m lab.bench time`` tells where the time goes. Needs ``lab/requirements.txt``.
"""
