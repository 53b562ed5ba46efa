"""Which division a written place means: by full, short, former or misspelt name, never by a silent guess.

`PlaceIndex` is built once from plain rows and then only read; it knows one home area (usually a city) down to the
village, and of the rest of the country only enough to say that a place lies elsewhere.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from wuyou.kernel.hanzi import is_empty
from wuyou.kernel.reading import Finding, Reading, empty, refused, taken, warn
from wuyou.places.names import Elsewhere, Named, NameTable, compared, village_token
from wuyou.places.rules import Kind, Level, PlaceRow, stem, village_end

_CACHE_SIZE = 8192
_DIGIT = re.compile(r"[0-9]")
_NOTE = re.compile(r"[(（【\[].*?[)）】\]]")
_LIVES_IN = re.compile(r"(?:现|暂|常|长期|常年|本人)?(?:居?住|在)(?:在|于)?")
_ZONE = re.compile(r"[^省市区县]{2,8}(?:开发区|园区|新区|试验区|管委会|管理区)")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A division that a text may mean: its path, how well it fits (0..1) and why.

    `why` is one of full, short, former, grade, kind, sound, slip, elsewhere.
    """

    place: PlaceRow
    path: str
    score: float
    why: str


@dataclass(frozen=True, slots=True)
class PlaceMatch:
    """What was understood of a written place; any level may be None. `rest` is what follows (house number, hamlet)."""

    county: PlaceRow | None = None
    township: PlaceRow | None = None
    village: PlaceRow | None = None
    rest: str = ""
    candidates: tuple[Candidate, ...] = ()

    @property
    def deepest(self) -> PlaceRow | None:
        """The smallest division understood; None when there is none."""
        return self.village or self.township or self.county

    @property
    def path(self) -> str:
        """The official names from county to village, joined by "/"; "" when no division is understood."""
        return "/".join(row.name for row in (self.county, self.township, self.village) if row)


@dataclass(frozen=True, slots=True)
class _Parse:
    """One way to cut a text into divisions, with what each level is taken from (None = not written).

    `inside` is false for a village whose township is neither written nor known: then the township of the same short
    name is meant as likely as the village.
    """

    prefix: str
    county: Named | None
    township: Named | None
    village: Named | None
    end: int
    inside: bool = True

    @property
    def written(self) -> tuple[Named, ...]:
        return tuple(named for named in (self.county, self.township, self.village) if named)

    @property
    def rank(self) -> tuple[int, int, float]:
        deepest = min(self.written[-1].row.level, Level.VILLAGE if self.inside else Level.TOWNSHIP)
        return (self.end, int(deepest), 0.0 if not self.inside else sum(named.score for named in self.written))


def _ends_name(text: str, named: Named) -> bool:
    """Say whether a short name is really finished where it ends: in 太和社区 no township 太和 is named."""
    return named.why != "short" or village_end(text, named.end)[1] is Kind.OTHER


class PlaceIndex:
    """Looks up places of one home area. Build it once; it is safe to share between threads that only read."""

    def __init__(
        self, rows: Iterable[PlaceRow], *, home: str, elsewhere: Iterable[PlaceRow] = (), abroad: Iterable[str] = ()
    ) -> None:
        """Build from rows of the home area and its ancestors.

        `home` is the code of the area; `elsewhere` rows of the rest of the country (only province to county are used);
        `abroad` names of countries, which are "outside" too.
        """
        self._rows = {row.code: row for row in rows}
        self.home = self._rows[home]
        self._ancestors = tuple(self._chain(self.home))
        inside = [row for row in self._rows.values() if home in {up.code for up in self._chain(row)}]
        self._inside = {row.code for row in inside}
        self._all: dict[Level, NameTable] = {level: NameTable(level) for level in Level}
        self._under: dict[tuple[str, Level], NameTable] = {}
        for row in inside:
            for above in self._chain(row):
                if above.level in (Level.COUNTY, Level.TOWNSHIP) and above is not row:
                    self._table(above.code, row.level).add(row)
            self._all[row.level].add(row)
        for row in self._ancestors:
            self._all[row.level].add(row)
        self._elsewhere = Elsewhere(elsewhere, inside=self._inside, ancestors=self._ancestors, abroad=abroad)
        self._cache: dict[tuple[str, str, str], Reading[PlaceMatch]] = {}

    def read(self, text: str, *, county: str | None = None, township: str | None = None) -> Reading[PlaceMatch]:
        """Return what a written place means; `county` and `township` are names that stand elsewhere in the row or file.

        The text is "county/township/village" in official names, cut where nothing more is known, "" outside the area.
        Findings: old_place_name, place_fuzzy, place_incomplete, place_ambiguous, place_outside_city, place_unknown
        (warnings: the text is kept), village_not_in_township (error; its word `candidates` lists where it might be).
        """
        whole = compared(text)
        if is_empty(whole):
            return empty()
        number = _DIGIT.search(whole)
        head, tail = (whole[: number.start()], whole[number.start() :]) if number else (whole, "")
        key = (head, county or "", township or "")
        found = self._cache.get(key)
        if found is None:
            if len(self._cache) >= _CACHE_SIZE:
                self._cache.clear()
            found = self._cache[key] = self._read(head, compared(county or ""), compared(township or ""))
        if tail and found.value is not None:
            return replace(found, value=replace(found.value, rest=found.value.rest + tail))
        return found

    def find(self, text: str, *, level: Level | None = None, under: str = "", limit: int = 8) -> tuple[Candidate, ...]:
        """Return the divisions that a name may mean, best first; `under` is the code of a division to search in."""
        name = compared(text)
        levels = [level] if level else [Level.COUNTY, Level.TOWNSHIP, Level.VILLAGE]
        found: dict[str, Candidate] = {}
        for wanted in levels:
            table = self._under.get((under, wanted)) if under else self._all[wanted]
            hits = [hit for hit in table.at(name, 0) if hit.end == len(name)] if table else []
            for hit in [*hits, *(table.alike(name) if table else ())]:
                if hit.row.code not in found:
                    found[hit.row.code] = self._candidate(hit)
        whole = self.read(text).value
        if whole and whole.deepest and whole.deepest.code not in found and levels[-1] >= whole.deepest.level:
            found[whole.deepest.code] = Candidate(whole.deepest, whole.path, 1.0, "full")
        return tuple(sorted(found.values(), key=lambda c: (-c.score, c.path)))[:limit]

    def county_in(self, *texts: str) -> PlaceRow | None:
        """Return the only county of the home area that the texts name (a sheet's name, a title); None otherwise.

        The first text that names exactly one county decides, in full or by its stem.
        """
        for text in map(compared, texts):
            for full in (True, False):
                names = {
                    row.code: row.name if full else stem(row.name, Level.COUNTY) for row in self.rows(Level.COUNTY)
                }
                found = [code for code, name in names.items() if name and name in text]
                if len(found) == 1:
                    return self._rows[found[0]]
        return None

    def rows(self, level: Level) -> tuple[PlaceRow, ...]:
        """Return the divisions of one level inside the home area, in the order given."""
        return tuple(row for row in self._rows.values() if row.level is level and row.code in self._inside)

    # building

    def _chain(self, row: PlaceRow) -> Iterator[PlaceRow]:
        """Yield a row and the rows above it."""
        at: PlaceRow | None = row
        while at:
            yield at
            at = self._rows.get(at.parent)

    def _table(self, code: str, level: Level) -> NameTable:
        return self._under.setdefault((code, level), NameTable(level))

    def _candidate(self, named: Named, why: str = "") -> Candidate:
        match = self.placed(named.row)
        return Candidate(named.row, match.path, named.score, why or named.why)

    def placed(self, row: PlaceRow | None, rest: str = "", candidates: tuple[Candidate, ...] = ()) -> PlaceMatch:
        """Return the match of a division with everything above it; an empty one for None."""
        by_level = {up.level: up for up in self._chain(row)} if row else {}
        return PlaceMatch(
            by_level.get(Level.COUNTY), by_level.get(Level.TOWNSHIP), by_level.get(Level.VILLAGE), rest, candidates
        )

    # reading

    def _read(self, text: str, county: str, township: str) -> Reading[PlaceMatch]:
        text = _NOTE.sub("", text)
        if lives := _LIVES_IN.match(text):
            text = text[lives.end() :]
        in_county = self._one(self._all[Level.COUNTY], county)
        in_township = self._one(self._scope(in_county, Level.TOWNSHIP), township)
        if in_township and not in_county:
            in_county = self.placed(in_township).county
        reading = self._understand(text, in_county, in_township)
        if reading is None and (in_county or in_township) and self._names_a_township(text):
            reading = self._understand(text, None, None)  # the text names a place outside the sheet's own county
        if reading is None and self._elsewhere.begins(text):
            return taken(PlaceMatch(rest=text), "", warn("place_outside_city"))
        if reading is None and in_township and village_token(text)[3]:
            return self._village_in(text, in_township, [])
        if reading is None:
            reading = self._repaired(text, in_county, in_township)
        if reading is None and in_township:
            reading = self._village_in(text, in_township, [])
        return reading or self._unknown(text)

    def _names_a_township(self, text: str) -> bool:
        """Say whether a text, wherever it means, names a county or township itself and not only a village."""
        return any(p.county or (p.township and p.township.why != "short") for p in self._best(text, None, None))

    def _unknown(self, text: str) -> Reading[PlaceMatch]:
        """Return the reading of a text that fits nothing near: kept, with what it might mean elsewhere."""
        candidates = tuple(self._candidate(p.written[-1], "elsewhere") for p in self._best(text, None, None))
        words = {"candidates": "、".join(c.path for c in candidates)} if candidates else {}
        return taken(PlaceMatch(rest=text, candidates=candidates), "", warn("place_unknown", **words))

    def _scope(self, row: PlaceRow | None, level: Level) -> NameTable:
        if row is None:
            return self._all[level]
        return self._under.get((row.code, level)) or NameTable(level)

    def _one(self, table: NameTable, name: str) -> PlaceRow | None:
        """Return the only division of a table that a context word can mean, exactly or by a slip; None otherwise."""
        if not name:
            return None
        hits = [hit for hit in table.at(name, 0) if hit.end == len(name)]
        if not hits:
            parsed = self._best(name, None, None)
            if parsed and parsed[0].end == len(name) and parsed[0].written[-1].row.level is table.level:
                return parsed[0].written[-1].row if len(parsed) == 1 else None
            hits = list(table.alike(name))
        codes = {hit.row.code for hit in hits if hit.score == max(h.score for h in hits)}
        return self._rows[codes.pop()] if len(codes) == 1 else None

    def _best(self, text: str, county: PlaceRow | None, township: PlaceRow | None) -> list[_Parse]:
        """Return the best ways to read a text, each meaning another division; several when they are equally good."""
        parses = [p for p in self._parses(text, county, township) if p.written]
        if not parses:
            return []
        top = max(p.rank for p in parses)
        best: dict[str, _Parse] = {}
        for parse in parses:
            if parse.rank == top:
                best.setdefault(parse.written[-1].row.code, parse)
        return list(best.values())

    def _parses(self, text: str, county: PlaceRow | None, township: PlaceRow | None) -> Iterator[_Parse]:
        for start, prefix in self._starts(text):
            for c in [*self._counties_at(text, start, prefix), None]:
                at = c.end if c else start
                under = c.row if c else county
                for t in [*self._scope(under, Level.TOWNSHIP).at(text, at), None]:
                    if t is None or _ends_name(text, t):
                        parse = _Parse(prefix, c, t, None, t.end if t else at)
                        yield from self._with_village(text, parse, under, township)

    def _counties_at(self, text: str, start: int, prefix: str) -> list[Named]:
        """Return the counties named at a position; 曲靖市 means the former county only behind 曲靖地区."""
        found = self._all[Level.COUNTY].at(text, start)
        above = {row.name for row in self._ancestors if row.level < Level.COUNTY}
        found = [c for c in found if prefix == "former" or c.why != "former" or text[start : c.end] not in above]
        return [c for c in found if _ends_name(text, c)]

    def _with_village(
        self, text: str, parse: _Parse, under: PlaceRow | None, township: PlaceRow | None
    ) -> Iterator[_Parse]:
        inside = parse.township.row if parse.township else None
        if not inside and township and (not parse.county or township.parent == parse.county.row.code):
            inside = township
        yield parse
        for v in self._scope(inside or under, Level.VILLAGE).at(text, parse.end):
            if inside or v.why != "short" or v.end == len(text):
                yield replace(parse, village=v, end=v.end, inside=inside is not None or v.why != "short")

    def _starts(self, text: str) -> Iterator[tuple[int, str]]:
        """Yield where the county may begin: at once, or after the names of the province and the city."""
        ends = {0: ""}
        for row_level in (Level.PROVINCE, Level.CITY):
            for at, why in list(ends.items()):
                for hit in self._all[row_level].at(text, at):
                    ends.setdefault(hit.end, "former" if hit.why in ("former", "grade") else why)
        for at, why in list(ends.items()):
            if at and (zone := _ZONE.match(text, at)):
                ends.setdefault(zone.end(), why or "zone")
        yield from ends.items()

    def _understand(self, text: str, county: PlaceRow | None, township: PlaceRow | None) -> Reading[PlaceMatch] | None:
        """Return the reading of a text that begins with a known name; None when it does not."""
        best = self._best(text, county, township)
        if not best:
            return self._home_only(text)
        if len(best) > 1:
            return self._ambiguous(text, best)
        parse = best[0]
        findings = self._how(parse)
        rest = text[parse.end :]
        last = parse.written[-1].row
        if last.level is Level.VILLAGE:
            if not parse.township and not township and not (parse.county or county):
                findings = [f for f in findings if f.code != "place_fuzzy"] + [warn("place_fuzzy")]
            return self._taken(last, rest, findings)
        if last.level is Level.TOWNSHIP:
            return self._village_in(rest, last, findings)
        if rest:
            repaired = self._repaired(rest, last, None)
            if repaired is not None:
                return replace(repaired, findings=(*findings, *repaired.findings))
        return self._taken(last, rest, [*findings, warn("place_incomplete")])

    def _home_only(self, text: str) -> Reading[PlaceMatch] | None:
        """Return the reading of a text that says no more than the home city or province."""
        if any(end == len(text) and end for end, _ in self._starts(text)):
            return taken(PlaceMatch(rest=text), "", warn("place_incomplete"))
        return None

    def _how(self, parse: _Parse) -> list[Finding]:
        """Return what there is to say about how the levels were written."""
        found = []
        if parse.prefix == "former" or (parse.county and parse.county.why in ("former", "grade")):
            found.append(warn("old_place_name"))
        whys = {named.why for named in (parse.township, parse.village) if named}
        if parse.county and parse.county.why in ("short", "sound", "slip"):
            whys.add(parse.county.why)
        skipped = parse.village and parse.county and not parse.township
        if whys - {"full"} or skipped or parse.prefix == "zone":
            found.append(warn("place_fuzzy"))
        return found

    def _taken(self, row: PlaceRow, rest: str, findings: list[Finding]) -> Reading[PlaceMatch]:
        match = self.placed(row, rest)
        return taken(match, match.path, *findings)

    def _ambiguous(self, text: str, best: list[_Parse]) -> Reading[PlaceMatch]:
        """Return the reading of a text that several divisions fit equally: what they share, and the candidates."""
        candidates = tuple(self._candidate(parse.written[-1]) for parse in best)
        chains = [[up for up in self._chain(c.place) if up.code in self._inside] for c in candidates]
        shared = [up for up in chains[0] if all(up in chain for chain in chains[1:]) and up.level >= Level.COUNTY]
        match = self.placed(shared[0] if shared else None, text, candidates)
        return taken(match, match.path, warn("place_ambiguous", candidates="、".join(c.path for c in candidates)))

    # villages and repairs

    def _village_in(self, rest: str, township: PlaceRow, findings: list[Finding]) -> Reading[PlaceMatch]:
        """Return the reading of what follows a township: a misspelt village, one from elsewhere, or only an address."""
        name, kind, end, is_body = village_token(rest)
        if not name:
            name, kind, end = rest, Kind.OTHER, len(rest)
        villages = self._scope(township, Level.VILLAGE)
        if kind is Kind.OTHER and not villages.alike_village(name, kind, slips=False):
            return self._taken(township, rest, [*findings, warn("place_incomplete")])
        elsewhere = self._named_elsewhere(name, kind, township, is_body) if kind is not Kind.OTHER else []
        alike = [] if elsewhere else villages.alike_village(name, kind, slips=is_body)
        if len(alike) == 1:
            fuzzy = [f for f in findings if f.code != "place_fuzzy"] + [warn("place_fuzzy")]
            return self._taken(alike[0].row, rest[end:], fuzzy)
        if is_body or elsewhere:
            words = "、".join(c.path for c in elsewhere)
            return refused("village_not_in_township", village=rest, township=township.name, candidates=words)
        return self._taken(township, rest, [*findings, warn("place_incomplete")])

    def _named_elsewhere(self, name: str, kind: Kind, township: PlaceRow, is_body: bool) -> list[Candidate]:
        """Return villages of exactly this name in other townships of the county; of the whole area for a body's name."""
        county = self._rows.get(township.parent)
        scopes = [self._scope(county, Level.VILLAGE), self._all[Level.VILLAGE]]
        for scope in scopes if is_body else scopes[:1]:
            hits = [hit for hit in scope.exactly(name, kind) if hit.row.parent != township.code]
            if hits:
                return [self._candidate(hit, "elsewhere") for hit in hits]
        return []

    def _repaired(self, text: str, county: PlaceRow | None, township: PlaceRow | None) -> Reading[PlaceMatch] | None:
        """Return the reading of a text whose county or township name holds a slip; None when nothing is near enough."""
        for table in (self._scope(county, Level.TOWNSHIP), self._all[Level.COUNTY]):
            if table.level is Level.COUNTY and county is not None:
                continue
            for start, _ in self._starts(text):
                alike = list(table.alike_prefix(text, start))
                if len({hit.row.code for hit in alike}) == 1:
                    fixed = alike[0].row.name + text[alike[0].end :]
                    reading = self._understand(fixed, county, township)
                    if reading is not None:
                        kept = [f for f in reading.findings if f.code != "place_fuzzy"]
                        return replace(reading, findings=(*kept, warn("place_fuzzy")))
        return None
