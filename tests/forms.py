"""The forms of a page as a browser reads them: where they are sent, what stands in them, what may be chosen."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

from wuyou.demo.small import GOOD, QILIN

TOKENS = ("csrfmiddlewaretoken",)
NOT_PRESSED = ("more",)
"""Buttons that only give more boxes to fill in: who is done presses the other one."""
FILLED = {
    "date": "2025-11-01",
    "month": "2025-11",
    "number": "1",
    "time": "09:30",
    "email": "a@example.org",
    "tel": "19900001234",
    "url": "https://example.org/",
}
"""What a person might type into a field of that type; into others some words."""
WORDS = "商量社区侨胞之家的开放时间"
BY_NAME = {
    "unit_typed": GOOD,
    "parent_typed": QILIN,
    "area_typed": "益宁街道",
    "area_2_typed": "",
    "area_3_typed": "",
    "person_typed": "",
    "phone": "19900009999",
    "username": "lihua",
    "name": "李华",
    "password": "Yanzi-gui-lai-7",
    "amount": "300",
    "end": "2025-11-15",
    "until": "2028-12-01",
}
"""What a person would type into the field of that name, where any words or any number will not do."""
PARTS = {"_y": "2025", "_m": "11", "_d": "1"}
"""What stands in the boxes of a date of year, month and day."""


@dataclass(slots=True)
class Field:
    """One field: its name, its type, what stands in it, and what may be chosen (for lists and choices)."""

    name: str
    kind: str
    value: str = ""
    options: list[str] = field(default_factory=list)

    @property
    def plausible(self) -> str:
        """Return what stands in the field, or else what a person might enter."""
        if self.value.strip() or self.kind == "hidden":
            return self.value
        usual = PARTS.get(self.name[-2:]) or FILLED.get(self.kind, WORDS)
        return next((option for option in self.options if option), BY_NAME.get(self.name, usual))


@dataclass(slots=True)
class Form:
    """One form: the address it is sent to, the method ("get" or "post") and its fields."""

    address: str
    method: str
    fields: list[Field] = field(default_factory=list)

    def filled(self) -> dict[str, str]:
        """Return what would be sent with every field filled in some plausible way."""
        return {f.name: f.plausible for f in self.fields}


def forms_of(html: str, address: str) -> list[Form]:
    """Return the forms of a page that stands at `address`; fields outside of any form are left out."""
    reader = _Reader(address)
    reader.feed(html)
    return reader.forms


class _Reader(HTMLParser):
    def __init__(self, address: str) -> None:
        super().__init__()
        self.address, self.forms = address, list[Form]()
        self.form: Form | None = None
        self.select: Field | None = None
        self.area: Field | None = None

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attributes}
        if tag == "form":
            self.form = Form(urljoin(self.address, found.get("action", "")), found.get("method", "get").lower())
            self.forms.append(self.form)
        elif tag == "option" and self.select is not None:
            self.select.options.append(found.get("value", ""))
            if "selected" in found:
                self.select.value = found.get("value", "")
        elif tag in ("input", "select", "textarea", "button") and self.form is not None and found.get("name"):
            self._field(tag, found, self.form)

    def _field(self, tag: str, found: dict[str, str], form: Form) -> None:
        kind = found.get("type", "text") if tag in ("input", "button") else tag
        name, value = found["name"], found.get("value", "")
        if name in (*TOKENS, *NOT_PRESSED) or kind == "file":
            return
        known = next((f for f in form.fields if f.name == name), None)
        if kind in ("radio", "checkbox", "button", "submit"):
            if known is None:
                known = Field(name, kind)
                form.fields.append(known)
            known.options.append(found.get("value", "on"))
            if "checked" in found:
                known.value = found.get("value", "on")
            return
        made = Field(name, kind, value)
        form.fields.append(made)
        if tag == "select":
            self.select = made
        elif tag == "textarea":
            self.area = made

    def handle_data(self, data: str) -> None:
        if self.area is not None:
            self.area.value += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None
        elif tag == "select":
            self.select = None
        elif tag == "textarea":
            self.area = None
