"""How groups are named, and which group a written name means.

A full name is place or host unit, then the form: 曲靖市麒麟区农业农村局侨联联络组. In daily use both parts shrink:
麒麟农业农村局联络组. A ledger gives one of the two and the host units, from which the other follows; every later table
then names the group in any of these ways, or by its host unit alone, or with a slip.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.distance import Levenshtein

from wuyou.kernel import pinyin
from wuyou.kernel.hanzi import is_empty, similar, simplified, split_notes, squeeze
from wuyou.kernel.reading import Finding, Reading, empty, refused, taken, warn
from wuyou.places.rules import Level, stem


class Form(StrEnum):
    """What a grassroots unit is by its size; the value is how a full name ends."""

    FEDERATION = "归国华侨联合会"
    LIAISON = "侨联联络组"
    GROUP = "侨联小组"


SHORT_FORM = {Form.FEDERATION: "侨联", Form.LIAISON: "联络组", Form.GROUP: "侨联小组"}
_ENDINGS = {
    Form.FEDERATION: (
        "归国华侨联合会委员会 归国华侨联合会 归侨侨眷联合会 归侨联合会 华侨联合会 侨联委员会 侨联分会 侨联会 侨联"
    ),
    Form.LIAISON: (
        "归国华侨联合会联络组 归侨侨眷联络组 侨联联络小组 侨联联络组 侨务联络组 侨联联络站 侨联工作站 "
        "联络小组 联络组 联络站"
    ),
    Form.GROUP: "归国华侨联合会小组 归侨侨眷小组 侨联工作小组 侨联小组 侨务小组 侨胞小组 小组",
}
_FORM_OF = {ending: form for form, endings in _ENDINGS.items() for ending in endings.split()}
_BY_LENGTH = sorted(_FORM_OF, key=len, reverse=True)
_ENDING = re.compile("|".join(_BY_LENGTH))
_LONGEST_NAME = 40
_JOINT = re.compile(r"(?:等.{0,3}(?:家|个)?单位联合|等单位|等联合|联合)$")
_COMPANY = re.compile(r"(?:公司|集团|厂|银行|信用社|合作社|商会|协会|超市|酒店|宾馆|事务所|学院|大学|电视台)$")
_SUBDIVISION = re.compile(r"^.{2,8}?(?:街道|镇|乡)(?=.{2,}(?:社区|村|村委会|居委会|委员会)$)")
_SHORTER = (
    (re.compile(r"(?:股份|责任)?有限(?:责任)?公司$|集团(?:公司)?$|公司$"), ""),
    (re.compile(r"(?:产业|工业|科技|经济|物流)?(?:开发区|园区)管理?委(?:员)?会$"), "园区"),
    (re.compile(r"村民委员会$|村村委会$|村委会$"), "村"),
    (re.compile(r"社区居民委员会$|社区居委会$|居民委员会$|居委会$"), "社区"),
    (re.compile(r"街道办事处$"), "街道"),
    (re.compile(r"人民政府$"), ""),
)
_BELONGS_TO_COUNTY = re.compile(r"(?:局|委|办|办公室|中心|医院|馆|站|所|院|台|公安|政府|委员会|总工会|妇联|团委|学校)$")
_SCHOOL = re.compile(r"(?:小学|中学|学校|幼儿园|学院|大学)$")
_GENERIC = re.compile(
    r"归国华侨联合会|侨联|联络组|小组|等单位联合|联合|有限责任公司|有限公司|职业技术学校|产业园区|管委会|街道办事处|街道|社区|"
    r"村委会|农业农村局|教育体育局|融媒体中心|人民医院|华侨农场|小学|中学|学院|学校|农场|园区|中心|医院|公司|[省市区县镇乡村局]"
)
SOUND = 0.94


@dataclass(frozen=True, slots=True)
class GroupName:
    """The full and the short name of a group and its form (None when the name tells none)."""

    full: str
    short: str
    form: Form | None


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A registered group as plain data. `county` is the official name of its county, "" when it has none."""

    id: int
    full: str
    short: str = ""
    hosts: tuple[str, ...] = ()
    county: str = ""


@dataclass(frozen=True, slots=True)
class GroupMatch:
    """The group that a written name means; `candidates` are the ids of those it may mean when `id` is None."""

    id: int | None
    full: str = ""
    candidates: tuple[int, ...] = ()


def sort_keys(name: str) -> dict[str, str]:
    """Return the columns by which a unit of this name is ordered and found: its pinyin and the initials of it."""
    return {"pinyin": pinyin.sort_key(name)[:300], "initials": pinyin.initials(name)[:60]}


def compared(text: str) -> str:
    """Return a name as names are compared: half-width, simplified, no blanks."""
    return simplified(squeeze(text))


def split_form(name: str) -> tuple[str, bool, Form | None]:
    """Return what stands before the form, whether several units founded the group together, and the form.

    清水中学联合联络组 -> (清水中学, True, LIAISON). A name without a known form comes back whole, with None; a bare form
    has nothing before it.
    """
    if name in _FORM_OF:
        return "", False, _FORM_OF[name]
    ending = next((e for e in _BY_LENGTH if name.endswith(e) and len(name) > len(e)), "")
    core = name[: len(name) - len(ending)]
    joint = _JOINT.search(core) if ending else None
    return (core[: joint.start()] if joint else core), bool(joint), _FORM_OF.get(ending)


def form_of(name: str) -> Form | None:
    """Return the form that a name tells; None when it tells none."""
    return split_form(compared(name))[2]


def full_name(written: str, hosts: Sequence[str], *, city: str = "", county: str = "") -> str | None:
    """Return the full name behind a short one, built from the first host unit; None when the two do not belong together.

    They belong together when every character of the short name stands, in order, in the host unit's name with its place
    before it. A place is put before the host unit unless it is an enterprise or a university, which carry none.
    """
    core, joint, form = split_form(written)
    if form is None or not hosts or not core:
        return None
    host = re.sub("(?<=街道)办事处$", "", hosts[0])
    placed = _with_place(host, city, county)
    if not (_is_short_for(core, placed) or _is_short_for(core, host)):
        return None
    return placed + ("等单位联合" if joint or len(hosts) > 1 else "") + form.value


def _with_place(host: str, city: str, county: str) -> str:
    city_stem = stem(city, Level.CITY) if city else ""
    if city_stem and host.startswith(city_stem) and not (county and host.startswith(county)):
        return host
    if county and host.startswith(county):
        return city + host
    if _COMPANY.search(host):
        return host
    return city + county + host


def _is_short_for(short: str, long: str) -> bool:
    """Say whether the characters of the short name stand in the long one in the same order."""
    rest = iter(long)
    return all(character in rest for character in short)


def short_name(full: str, *, city: str = "", county: str = "") -> str:
    """Return the name in daily use that follows from a full one; the full one when its form is unknown.

    Offices and hospitals keep the county's short name (麒麟农业农村局联络组); schools, enterprises and villages do not.
    """
    core, joint, form = split_form(full)
    if form is None:
        return full
    core = _without(_without(core, city), county) if city and core.startswith(city) else _without(core, county)
    in_county = core != split_form(full)[0] or (county and full.startswith(county))
    core = _SUBDIVISION.sub("", core)
    if city and _COMPANY.search(core) and len(core) > len(stem(city, Level.CITY)) + 2:
        core = _without(core, stem(city, Level.CITY))
    for pattern, shorter in _SHORTER:
        core, found = pattern.subn(shorter, core)
        if found:
            break
    if in_county and county and _BELONGS_TO_COUNTY.search(core) and not _SCHOOL.search(core):
        core = stem(county, Level.COUNTY) + core
    return core + ("联合" if joint else "") + SHORT_FORM[form]


def _without(text: str, start: str) -> str:
    return text[len(start) :] if start and text.startswith(start) and len(text) > len(start) else text


def read_group_name(text: str, hosts: Sequence[str] = (), *, city: str = "", county: str = "") -> Reading[GroupName]:
    """Return the name of a group as a ledger introduces it; the text is the full name.

    A short name is completed from the host units. A second name in brackets is taken as the short one, with a warning;
    other remarks in brackets are warned about too.
    """
    if is_empty(text):
        return empty()
    outside, notes = split_notes(text)
    written = squeeze(outside) or squeeze(text)
    findings = [warn("note_in_cell", note="; ".join(notes))] if notes and squeeze(outside) else []
    second = next((squeeze(n) for n in notes if form_of(n)), "")
    is_full = any(written.endswith(form.value) for form in Form) and not _is_brief(written, hosts, city, county)
    completed = None if is_full else full_name(written, hosts, city=city, county=county)
    full = completed or written
    short = second or (written if completed and completed != written else short_name(full, city=city, county=county))
    return taken(GroupName(full, short, form_of(full)), full, *findings)


def _is_brief(written: str, hosts: Sequence[str], city: str, county: str) -> bool:
    """Say whether a name begins neither with a place nor with a host unit's whole name."""
    core = split_form(written)[0]
    begins = tuple(name for name in (city, county, stem(city, Level.CITY) if city else "") if name)
    return core not in hosts and not (begins and core.startswith(begins))


class NameIndex:
    """Finds the registered group that a written name means. Build it once per batch from all groups in reach."""

    def __init__(self, rows: Iterable[GroupRow], *, city: str = "") -> None:
        """`city` is the official name of the home city with which full names may begin."""
        self._rows = {row.id: row for row in rows}
        self._city = city
        self._names: dict[str, set[int]] = {}
        self._aliases: dict[tuple[str, bool, Form | None], set[int]] = {}
        self._bare: dict[tuple[bool, Form | None], dict[str, set[int]]] = {}
        self._cores: dict[str, set[int]] = {}
        self._hosts: dict[str, set[int]] = {}
        self._by_length: dict[int, list[tuple[str, int]]] = {}
        for row in self._rows.values():
            self._add(row)

    def _add(self, row: GroupRow) -> None:
        full = compared(row.full)
        names = {full, compared(row.short), short_name(full, city=self._city, county=row.county)} - {""}
        for name in names:
            self._names.setdefault(name, set()).add(row.id)
        for name in names:
            core, joint, form = split_form(name)
            for variant in self._variants(core, row.county):
                self._aliases.setdefault((variant, joint, form), set()).add(row.id)
                self._cores.setdefault(variant, set()).add(row.id)
            bare = _without(_without(core, self._city), row.county)
            self._bare.setdefault((joint, form), {}).setdefault(bare, set()).add(row.id)
        for host in map(compared, row.hosts):
            for variant in {*self._variants(host, row.county), _SUBDIVISION.sub("", host)}:
                self._hosts.setdefault(variant, set()).add(row.id)
        spelled = names | {_without(full, self._city), _without(_without(full, self._city), row.county)}
        if row.hosts and _COMPANY.search(row.hosts[0]):
            spelled |= {
                name[2:] for name in names if len(name) > 8
            }  # the region before a firm's name is often left out
        for name in spelled:
            self._by_length.setdefault(len(name), []).append((name, row.id))

    def _variants(self, core: str, county: str) -> set[str]:
        """Return a name with and without the city and the county before it."""
        bare = _without(core, self._city)
        found = {core, bare, _without(bare, county)}
        if county and bare.startswith(county):
            found.add(stem(county, Level.COUNTY) + bare[len(county) :])
        return found

    def read(self, text: str, *, county: str = "") -> Reading[GroupMatch]:
        """Return the group that a written name means; the text is its full name.

        By name, silently: full, short, without the place before it. With `name_fuzzy`: by host unit, with another form,
        or with a slip. Refuses with group_unknown, or group_ambiguous when several fit; `county` then decides.
        """
        if is_empty(text):
            return empty()
        outside, notes = split_notes(text)
        written = compared(outside) or compared(text)
        findings = [warn("note_in_cell", note="; ".join(notes))] if notes and outside else []
        core, joint, form = split_form(written)
        cores = self._variants(core, county)
        exact = self._exactly(written, county) or self._containing(core, joint, form)
        if exact:
            return self._one(exact, county, findings, written)
        likely = (
            _union(self._hosts.get(variant) for variant in self._variants(written, county))
            or (_union(self._cores.get(c) for c in cores) if form else set())
            or (_union(self._hosts.get(c) for c in cores) if form else set())
            or self._alike(written)
        )
        if likely:
            return self._one(likely, county, findings, written, fuzzy=True)
        return refused("group_unknown", name=written)

    def bearer(self, text: str, *, county: str = "") -> Reading[GroupMatch]:
        """Return the group that bears a name: its full or short one, with or without the places before it.

        Empty when none does, or only one of another county than `county` ("" = not told); group_ambiguous when several do.
        """
        written = compared(text)
        ids = {i for i in self._exactly(written, county) if not county or self._rows[i].county in ("", county)}
        return self._one(ids, county, [], written) if ids else empty()

    def told_in(self, text: str, *, county: str = "") -> Reading[GroupMatch]:
        """Return the only group whose name stands somewhere in a title, a sheet's or a file's name.

        Empty when none is named; group_ambiguous when several are, or one name fits several and `county` does not decide.
        """
        written = compared(text)
        found: set[int] = set()
        for ending in _ENDING.finditer(written):
            starts = range(max(0, ending.start() - _LONGEST_NAME), ending.start())
            names = (written[start : ending.end()] for start in starts)
            found |= next((ids for name in names if (ids := self._exactly(name, county))), set())
        return self._one(found, county, [], written) if found else empty()

    def _exactly(self, written: str, county: str) -> set[int]:
        """Return the groups that a name means by itself, with or without the places before it."""
        core, joint, form = split_form(written)
        aliases = _union(self._aliases.get((variant, joint, form)) for variant in self._variants(core, county))
        return self._names.get(written) or aliases

    def _one(
        self, ids: set[int], county: str, findings: list[Finding], written: str, *, fuzzy: bool = False
    ) -> Reading[GroupMatch]:
        if len(ids) > 1 and county:
            ids = {i for i in ids if self._rows[i].county == county} or ids
        if len(ids) > 1:
            names = "、".join(self._rows[i].full for i in sorted(ids)[:5])
            return refused("group_ambiguous", name=written, candidates=names)
        row = self._rows[next(iter(ids))]
        said = [*findings, warn("name_fuzzy", name=written, matched=row.full)] if fuzzy else findings
        return taken(GroupMatch(row.id, row.full), row.full, *said)

    def _containing(self, core: str, joint: bool, form: Form | None) -> set[int]:
        """Return the groups of the same form in whose name this one stands as a piece: 云垚电力 in 滇东云垚电力设备公司."""
        if form is None or len(core) < 3 or core[-1] in "省州市区县":
            return set()
        return _union(ids for name, ids in self._bare.get((joint, form), {}).items() if core in name)

    def _alike(self, written: str) -> set[int]:
        """Return the groups whose name a clerk's slip may have made of this one, when they clearly stand out."""
        scores: dict[int, float] = {}
        for length in range(len(written) - 2, len(written) + 3):
            for name, owner in self._by_length.get(length, ()):
                likeness = similar(written, name)
                if likeness >= SOUND or (likeness >= 0.7 and _only_common_words_differ(name, written)):
                    scores[owner] = max(scores.get(owner, 0.0), likeness)
        if not scores:
            return set()
        best = max(scores.values())
        return {owner for owner, score in scores.items() if score >= best - 0.02}


def _union(found: Iterable[set[int] | None]) -> set[int]:
    return {i for ids in found if ids for i in ids}


def _only_common_words_differ(name: str, written: str) -> bool:
    """Say whether at most two slips stand in words that many names share, or one in a long word of the name's own."""
    common = {at for word in _GENERIC.finditer(name) for at in range(*word.span())}
    own = len(name) - len(common)
    slips = [op.src_pos for op in Levenshtein.editops(name, written)]
    outside = [at for at in slips if at not in common and at < len(name)]
    return len(slips) <= 2 and (not outside or (len(outside) == 1 and own >= 5))
