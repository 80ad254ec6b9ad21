"""The words of the report that stay as they are."""

from __future__ import annotations

from typing import Final

INTRODUCTION: Final = r"""
# Benchmarks

Written by `python -m lab.bench report`; don't edit. Beside this page:
[binarization](binarization.md), [pages as large as scans](scans.md), [harm](harm.md) to clean
pictures, [ratios](ratios.md) of time, [boxes of characters](characters.md), and what a
[confidence](confidence.md) means. To measure anew:

```
pip install -r lab/requirements.txt
python -m lab.bench run --quick        # every family, few pictures: one or two minutes
python -m lab.bench time
python -m lab.bench report
```

What is measured already is skipped, unless the code or the data behind it has changed. The tables
below come from these runs; the first takes ten minutes on two cores, all together half an hour:

```
SETS="first wordcloud clean/lines characters/*:30"
SOME="first wordcloud:20 clean/lines:10 characters/*:10"
bench() { python -m lab.bench run --n-pages 6 "$@"; }
bench --sets $SETS clean/pages --peers raw enlarged 'truth*' foretext 'asker_*' 'accepted_*' \
    'reply_*' otsu sauvola wolf isauvola su unpaper
bench --engines rapidocr --families '[!p]*' --sets $SETS --peers raw truth foretext rapidocr_line \
    accepted_contours reply_fixed_median otsu sauvola unpaper
bench --engines rapidocr --families none --sets 'characters/*' --peers raw foretext
bench --engines rapidocr --families 'page_*:2' --sets none --peers raw truth foretext
bench --n 10 --n-pages 2 --sets $SOME --peers rapidocr_whole ddddocr
bench --n 10 --n-pages 1 --sets $SOME --peers gatos
```
"""

PROTOCOL: Final = """\
## How it is measured

- **Pictures.** Scenes of the split *test*, unless a table says otherwise: drawn with fonts and
  chance that no other split has, so their truth is exact. Real sets lie outside of this repository
  and have no splits; the makers of foretext have looked at them.
- **Everyone gets the same.** Every peer gets the same pictures, and what it makes of them is read
  by the same engines, once. foretext reads its own: in several views that vote, its network of
  letters among them; so its column is of cleaning and reading together. Peers are told whether a
  picture holds one line, a block or a page, and the engine reads it so; foretext is told nothing
  and finds out by itself. Peers run with the numbers their authors give; none was tuned to these
  pictures, and none of foretext's settings is changed.
- **Polarity.** Binarization keeps what is dark. Where the text is light on dark, it keeps the
  paper: its ink is then all wrong, though engines may read it nevertheless.
- **raw** is the picture as it is, **true ink** the exact coverage of the text, rendered and read as
  foretext does its own, but told how the text stands. Where only a mask is known, it is that mask.
- **exact**: the share of pictures read without any error; *but case*: case aside. White space is
  evened out: any run of it is one space, and none counts where the truth is a single word.
- **CER**: character error rate, insertions, deletions and substitutions for each character of the
  truth; a picture's rate above 100 % counts as 100 %. For *pages/dirty_office* and
  *pages/degraded* the truth is what Tesseract reads of the clean page.
- **recovery** = (raw - peer) / (raw - true ink), in mean CER: 100 % reads like the true ink, 0 %
  like the raw picture. Not given where true ink reads less than 5 points better than raw.
- **harm**: the share of pictures with a higher CER after cleaning than raw.
- **F, PSNR, DRD** of the ink at half coverage, by doxapy; **pseudo F** with recall of the truth's
  skeleton (H-DIBCO 2010); a perfect PSNR counts as 60 dB. **edge**: root mean square error of
  coverage in the band of one pixel around the true edges.
- Every mean has a 95 % interval: percentiles of 2000 bootstrap draws of pictures, fixed seed.
- **Seconds** are those of one thread, two processes side by side, on one machine: compare them
  within a table, not with other machines. The first call in a process isn't counted.
- **Contact sheets** are drawn anew when the report is written; the figures in their captions are
  those of the run.
- A peer that fails on a picture has read nothing of it.
"""

ON_READERS: Final = """\
They read the raw picture by themselves, so that nothing is cleaned. Only pictures that all of a row
have read are counted. The least rate is in bold.
"""

ON_CASE: Final = """\
How many pictures are read without an error, and without an error other than of case, which a lone
letter often doesn't show. All columns are of the same pictures and the same engine; the gain is
that of foretext over the raw pictures, case aside.
"""

ON_LOSSES: Final = """\
Every family and set of which the same engine reads the raw pictures, or what another peer makes of
them, better on average. In bold: surely so, as the whole interval of the difference lies on its
side, from at least five pictures. The best of many peers is picked afterwards here and in the
tables above, which favors them: nobody knows it beforehand. A peer that was not measured on all of
the pictures is left out.
"""
