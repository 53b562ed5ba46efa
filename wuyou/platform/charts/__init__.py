"""Charts drawn on the server as SVG, each with the same figures as a table; no script, no inline style, no library.

Lengths along the page are percentages and lengths down the page are ems, so that a chart fills the width it gets while
its words keep the size of the text around it: on a phone, on the desk and in the large mode alike. Charts keep the order
they are given; they never sort, so no chart is a ranking.
"""

from wuyou.platform.charts.bars import Bar, Stack, bars, stacked
from wuyou.platform.charts.drawing import Chart
from wuyou.platform.charts.lines import Series, lines
from wuyou.platform.charts.maps import Area, choropleth, tile_layout, tile_map
from wuyou.platform.charts.strip import Strip, heat_strip
from wuyou.platform.charts.trees import Node, org_tree

__all__ = [
    "Area",
    "Bar",
    "Chart",
    "Node",
    "Series",
    "Stack",
    "Strip",
    "bars",
    "choropleth",
    "heat_strip",
    "lines",
    "org_tree",
    "stacked",
    "tile_layout",
    "tile_map",
]
