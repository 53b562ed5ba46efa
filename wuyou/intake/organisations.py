"""The ledger of groups becomes units with hosts, leaders, terms, venues, head counts, declared money and events."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.conf import settings

from wuyou.activities import services as activity_services
from wuyou.funds import services as fund_services
from wuyou.intake.editing import Edits
from wuyou.intake.ledger import LABELS, Known, Ledger, days, spared, standing, venue_changes
from wuyou.intake.planning import (
    Action,
    Choices,
    Planned,
    RowRef,
    Stored,
    compared,
    plain,
    replaced_yearly,
    text,
    value,
)
from wuyou.intake.samegroup import Register
from wuyou.kernel import clock
from wuyou.kernel.actor import Actor
from wuyou.kernel.reading import Reading
from wuyou.kernel.sayings import Saying
from wuyou.leadership import queries as leadership
from wuyou.leadership import rules as leadership_rules
from wuyou.leadership import services as leadership_services
from wuyou.orgs import ledger as org_ledger
from wuyou.orgs import queries as orgs
from wuyou.orgs import services as org_services
from wuyou.orgs.words import KIND_CODES, SOURCE_CODES
from wuyou.people import services as person_services
from wuyou.places import queries as places
from wuyou.places.rules import PlaceRow

_FORM_CODES = {"归国华侨联合会": "committee", "侨联": "committee", "侨联联络组": "liaison_group", "侨联小组": "group"}
_SOURCE = "基层组织台账"


class OrganisationIntake:
    """Matches ledger rows with units by full name, and writes through the registers' services."""

    def __init__(self, actor: Actor, choices: Choices, batch_id: UUID) -> None:
        """Read what is known of the units that the office may see."""
        self.actor, self.batch = actor, batch_id
        self.year = choices.year or clock.today().year
        self.on = choices.counted_on or clock.today()
        self.top = orgs.unit(actor, choices.unit_id)
        self.offices = {o.county.code: o for o in orgs.federations(actor) if o.county and o.parent_id is not None}
        self.index = places.index(settings.WUYOU_HOME_DIVISION)
        self.without_office: dict[str, str] = {}
        self.hosts = org_ledger.host_ids()
        self.register = Register(actor)
        self.seen: set[str] = set()
        self.posts = {post.name: post.code for post in leadership.posts()}
        self.known = Known(actor, self.year, self.on)
        self.basis_id: int | None = None
        self.edits = None if choices.over_edits else Edits()
        self.kept: dict[str, Sequence[str]] = {}

    def plan(self, ref: RowRef, readings: Mapping[str, Reading[Any]]) -> Planned:
        """Return what the row would become, by the group's full name."""
        name = value(readings, "name")
        if name is None:
            return Planned(ref, Action.REJECTED, "", why="没有可用的组织名称，这一行没有导入。")
        ledger = self._ledger(name, readings, ref.sheet)
        same = self.register.find(name.full, self._county_name(ledger))
        unit, doubts = same.unit, [same.doubt] if same.doubt else []
        known_as = unit.full_name if unit else name.full
        if known_as in self.seen:
            return Planned(ref, Action.REJECTED, name.full, why="同一批表格中已有这个组织，这一行没有重复导入。")
        self.seen.add(known_as)
        doubts += self._dates(ledger, unit)
        if unit is None:
            self._note_county(ledger.county)
            return Planned(ref, Action.NEW, name.full, data=ledger, doubt=_together(doubts))
        if self.edits is not None:
            ledger, left = spared(ledger, unit, self.known, self.edits)
            doubts += [self._left(name.short, left)] if left else []
        told = {name: ledger.unit[name] for name in LABELS}
        found = compared(standing(unit), told, LABELS) + self.known.differences(unit.pk, ledger)
        action = Action.CHANGED if found else Action.UNCHANGED
        return Planned(ref, action, known_as, unit.pk, tuple(found), data=ledger, doubt=_together(doubts))

    def _dates(self, ledger: Ledger, unit: Any) -> list[Saying]:
        """Leave out what cannot be: an event before the founding, a founding after what is on record; return why."""
        doubts, (kind, year), founded = [], ledger.event, str(ledger.unit["founded"])
        if kind and year and founded and str(year) < founded[:4]:
            ledger.event = ("", None)
            text = "表中事项的年份（{year}）早于成立时间（{founded}），没有登记这一事项；请核对。"
            doubts.append(Saying(text, {"year": year, "founded": founded}))
        oldest = self.known.oldest.get(unit.pk, "") if unit is not None else ""
        if unit is not None and founded and oldest and oldest < founded[:4]:
            ledger.unit["founded"] = unit.founded
            text = "沿革里 {year} 年已有事项，成立时间不能更晚，没有改成 {founded}；请核对。"
            doubts.append(Saying(text, {"year": oldest, "founded": founded}))
        return doubts

    def _left(self, name: str, labels: Sequence[str]) -> Saying:
        """Note that what somebody changed by hand since the last import stays, and return the sentence of the row."""
        self.kept[name] = labels
        return Saying(
            "上次导入之后有人改过{labels}，保留现在的内容，没有改回表中的内容。",
            {"labels": [Saying(label) for label in labels]},
        )

    def store(self, planned: Sequence[Planned]) -> list[Stored]:
        """Write the new and changed groups with all that belongs to them."""
        stored: list[Stored] = []
        for item in planned:
            if item.action in (Action.NEW, Action.CHANGED):
                stored += self._store(item)
        return stored

    def close(self) -> None:
        """Nothing is left to do: counts were declared with each group."""

    def remarks(self) -> list[Saying]:
        """Say which counties get their federation entered, and which groups keep what was changed by hand."""
        found = []
        if self.without_office:
            text = "以下县（市、区）原来没有登记县级侨联，随这一批一并登记：{names}；各县的基层组织放在本县侨联之下。"
            found.append(Saying(text, {"names": list(self.without_office.values())}))
        if self.kept:
            text = (
                "有 {number} 个组织在上次导入之后有人改过内容，表中的旧内容没有覆盖这些改动；"
                "要以表中内容为准的，请在“列的对应”一页勾选“用表中内容覆盖后来的改动”。涉及：{names}"
            )
            found.append(Saying(text, {"number": len(self.kept), "names": list(self.kept)}))
        return found

    def _county_name(self, ledger: Ledger) -> str:
        """Return the county that a row speaks of, else that of the office which brings the ledger in; "" for a city."""
        county = ledger.county or self.top.county
        return str(county.name) if county else ""

    def _note_county(self, county: PlaceRow | None) -> None:
        if county is not None and self.top.parent_id is None and county.code not in self.offices:
            self.without_office[county.code] = county.name

    def _office(self, county: PlaceRow | None) -> tuple[Any, list[Any]]:
        """Return the federation above a county's groups, and it again when it had to be entered first."""
        if county is not None and county.code in self.without_office and county.code not in self.offices:
            office = org_services.found_county_office(
                actor=self.actor, parent_id=self.top.pk, county_code=county.code, source_batch=self.batch
            )
            self.offices[county.code] = office
            return office, [office]
        return (self.offices.get(county.code) if county else None) or self.top, []

    def _store(self, item: Planned) -> list[Stored]:
        ledger: Ledger = item.data
        before: dict[str, Any] = {}
        beside: list[Stored] = []
        if item.record_id is None:
            office, entered = self._office(ledger.county)
            beside += [Stored(item.ref, "orgs.unit", new.pk, Action.NEW) for new in entered]
            new = org_services.NewUnit(
                **ledger.unit, county_id=office.county_id, hosts=ledger.hosts, source_batch=self.batch
            )
            unit = org_services.found_unit(actor=self.actor, parent_id=office.pk, new=new, newly_established=False)
            beside += self._new_hosts(item.ref, unit.pk)
        else:
            unit = orgs.unit(self.actor, item.record_id)
            present = standing(unit)
            wanted = {n: v for n, v in ledger.unit.items() if n in LABELS and v not in (None, "") and v != present[n]}
            before = {n: present[n] for n in wanted}
            if wanted:
                unit = org_services.revise_unit(actor=self.actor, unit_id=unit.pk, seen=None, changes=wanted)
            beside += self._moved_hosts(item.ref, unit.pk, ledger) + self._telephones(item.ref, unit.pk, ledger)
        beside += self._facts(item.ref, unit.pk, ledger)
        version = orgs.unit(self.actor, unit.pk).version
        return [*beside, Stored(item.ref, "orgs.unit", unit.pk, item.action, before, version)]

    def _new_hosts(self, ref: RowRef, unit_id: int) -> list[Stored]:
        """Return the host units that came into the register with this group."""
        fresh = org_ledger.host_ids(unit_id) - self.hosts
        self.hosts |= fresh
        return [Stored(ref, "orgs.hostunit", pk, Action.NEW) for pk in sorted(fresh)]

    def _facts(self, ref: RowRef, unit_id: int, ledger: Ledger) -> list[Stored]:
        """Write what stands beside the unit; returns what was there before and had to give way."""
        replaced: list[Stored] = []
        kind, year = ledger.event
        mine: dict[str, Any] = {"actor": self.actor, "unit_id": unit_id, "source_batch": self.batch}
        if kind and year:
            founded = str(ledger.unit["founded"])
            on = founded if kind == "establish" and founded.startswith(str(year)) else str(year)
            org_services.record_past_event(kind=kind, on=on, **mine)
        replaced += self._venue(ref, unit_id, ledger, mine)
        for category, number in ledger.counts.items():
            if self.known.counts.get((unit_id, category)) != number:
                person_services.declare_count(
                    people=number, counted_on=self.on, source=_SOURCE, category=category, **mine
                )
        amount, sources = ledger.budget
        if (amount is not None or sources) and self.known.budgets.get(unit_id) != (amount, ",".join(sources)):
            replaced += replaced_yearly(ref, "funds.declaredbudget", unit_id, self.year)
            fund_services.declare_budget(year=self.year, amount_fen=amount, sources=sources, **mine)
        if ledger.activities is not None and self.known.numbers.get(unit_id) != ledger.activities:
            replaced += replaced_yearly(ref, "activities.declarednumber", unit_id, self.year)
            activity_services.declare_number(year=self.year, number=ledger.activities, **mine)
        self._seats(unit_id, ledger, mine)
        return replaced

    def _venue(self, ref: RowRef, unit_id: int, ledger: Ledger, mine: dict[str, Any]) -> list[Stored]:
        """Register the venue that a ledger tells of, or set right the one that is known; returns what it was before."""
        if ledger.venue is None or not ledger.venue.has:
            return []
        known = self.known.venues.get(unit_id)
        if known is None:
            fresh = org_services.register_venue(facts=_venue(ledger), **mine)
            return [Stored(ref, "orgs.venue", fresh.pk, Action.NEW)]
        changes = venue_changes(known, ledger)
        if not changes:
            return []
        before = {name: plain(getattr(known, name)) for name in changes}
        now = org_services.correct_venue(actor=self.actor, unit_id=unit_id, venue_id=known.pk, changes=changes)
        return [Stored(ref, "orgs.venue", known.pk, Action.CHANGED, before, now.version)]

    def _moved_hosts(self, ref: RowRef, unit_id: int, ledger: Ledger) -> list[Stored]:
        """Let a known group sit where the ledger says; returns what ended and what began."""
        if not ledger.hosts or self.known.hosts.get(unit_id) == set(ledger.hosts):
            return []
        over, begun = org_services.set_hosts(actor=self.actor, unit_id=unit_id, names=ledger.hosts, on=self.on)
        moved = [Stored(ref, "orgs.hosting", hosting.pk, Action.CHANGED, {"end": None}) for hosting in over]
        moved += [Stored(ref, "orgs.hosting", hosting.pk, Action.NEW) for hosting in begun]
        return moved + self._new_hosts(ref, unit_id)

    def _telephones(self, ref: RowRef, unit_id: int, ledger: Ledger) -> list[Stored]:
        """Set right the telephones of holders who are known; the former ones stay sealed in what is returned."""
        changed: list[Stored] = []
        for person, phone in self.known.other_phones(unit_id, ledger):
            before = {"phone": str(vars(person)["phone"])}
            revised = person_services.revise_person(
                actor=self.actor, person_id=person.pk, seen=None, changes={"phone": phone}
            )
            changed.append(Stored(ref, "people.person", person.pk, Action.CHANGED, before, revised.version))
        return changed

    def _seats(self, unit_id: int, ledger: Ledger, mine: dict[str, Any]) -> None:
        term_id = None
        begins, ends = days(ledger.term)
        if ends is not None:
            noted = leadership_services.note_term(number=ledger.term.number, start=begins, end=ends, **mine)
            term_id = noted.pk
        held = self.known.seats.get(unit_id, set())
        if any((code, name) not in held for code, name, _phone in ledger.seats):
            leadership_services.seats_from_ledger(named=ledger.seats, term_id=term_id, basis_id=self._basis(), **mine)

    def _basis(self) -> int:
        if self.basis_id is None:
            noted = person_services.note_basis(actor=self.actor, ground="office", purpose="担任基层侨联组织职务")
            self.basis_id = noted.pk
        return self.basis_id

    def _ledger(self, name: Any, readings: Mapping[str, Reading[Any]], sheet: str) -> Ledger:
        status, founded = value(readings, "status"), value(readings, "founded")
        form = value(readings, "form") or (str(name.form) if name.form else "")
        unit = {
            "full_name": name.full[:100],
            "short_name": name.short[:60],
            "kind": KIND_CODES.get(text(readings, "kind"), "other"),
            "form": _FORM_CODES.get(form, ""),
            "founded": str(founded) if founded else "",
            "approval_number": text(readings, "doc", 60),
            "state": status.state if status else "normal",
            "has_study_rules": value(readings, "study"),
            "remark": text(readings, "remark"),
        }
        counts = {c: value(readings, f) for f, c in (("people", ""), ("returnees", "归侨"), ("kin", "侨眷"))}
        sources = tuple(SOURCE_CODES.get(source, "other") for source in (value(readings, "sources") or ()))
        return Ledger(
            unit=unit,
            hosts=value(readings, "hosts") or (),
            county=self._county(name, sheet, readings),
            counts={c: n for c, n in counts.items() if n is not None},
            seats=self._named(readings, str(unit["form"])),
            term=value(readings, "term"),
            venue=value(readings, "venue"),
            area=value(readings, "area"),
            address=text(readings, "address", 200),
            budget=(value(readings, "funds"), sources),
            activities=value(readings, "activities"),
            event=(status.event, status.year) if status else ("", None),
        )

    def _named(self, readings: Mapping[str, Reading[Any]], form: str) -> list[tuple[str, str, str]]:
        """Return (post code, name, telephone) of the head and of those beside, each name once."""
        head, phones = value(readings, "leader"), value(readings, "phone") or ()
        found: list[tuple[str, str, str]] = []
        if head:
            code = leadership_rules.post_for(text(readings, "post"), leads=True, form=form, known=self.posts)
            found.append((code, head, phones[0] if phones else ""))
        for post, name in value(readings, "members") or ():
            if name and name not in [known for _code, known, _phone in found]:
                code = leadership_rules.post_for(post, leads=False, form=form, known=self.posts)
                found.append((code, name, ""))
        return found

    def _county(self, name: Any, sheet: str, readings: Mapping[str, Reading[Any]]) -> PlaceRow | None:
        return self.index.county_in(sheet, name.full, text(readings, "address"), *(value(readings, "hosts") or ()))


def _together(doubts: Sequence[Saying]) -> Saying | None:
    """Return one saying for at most two things that are to be looked at in a row; None when there is nothing."""
    if len(doubts) < 2:
        return next(iter(doubts), None)
    first, second = doubts
    return Saying("{first}{second}", {"first": first, "second": second})


def _venue(ledger: Ledger) -> org_services.VenueFacts:
    return org_services.VenueFacts(
        name=ledger.venue.place[:60] or "活动阵地",
        address=ledger.address,
        right=ledger.venue.right or "unknown",
        area_m2=ledger.area,
        is_shared=ledger.venue.is_shared,
    )
