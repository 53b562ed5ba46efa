"""The components that pages are made of; see templates/platform/README.md for how to use each.

Tags only arrange: what they show was escaped by Django, and every sentence comes from the page or its presenter.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django import forms, template
from django.template.context import Context
from django.template.loader import get_template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from wuyou.kernel import clock
from wuyou.kernel.quotes import inner
from wuyou.kernel.refusals import Difference
from wuyou.platform import asof
from wuyou.platform import presentation as show
from wuyou.platform.charts.drawing import Chart
from wuyou.platform.locking import version_seen
from wuyou.platform.once import new_key
from wuyou.platform.presentation import Pages, Progress, Text
from wuyou.platform.tables import Shown, Table
from wuyou.platform.widgets import ConsentField, PartialDateInput, PickerInput

register = template.Library()


def _inclusion(name: str) -> Callable[[Callable[..., dict[str, Any]]], Any]:
    return register.inclusion_tag(f"platform/components/{name}.html")


_FILTERS: dict[str, Callable[..., str]] = {
    "day": show.day,
    "prose_day": show.day_in_prose,
    "moment": show.moment,
    "yuan": show.yuan,
    "thousands": show.thousands,
    "quantity": show.quantity,
    "masked_phone": show.masked_phone,
    "masked_id": show.masked_id,
    "time_left": show.time_left,
    "file_size": show.file_size,
    "said": show.said,
    "tone": show.tone,
    "inner": inner,
}
for _name, _filter in _FILTERS.items():
    register.filter(_name, _filter)


@register.filter
def cells(row: Sequence[Shown]) -> SafeString:
    """Return the cells of a table's row: written here, as a template does a third more work for a page of them."""
    return format_html_join("", "{}", ((_cell(cell),) for cell in row))


def _cell(cell: Shown) -> SafeString:
    inner = cell.text
    if cell.href:
        inner = format_html('<a href="{}">{}</a>', cell.href, cell.text)
    elif cell.tone:
        inner = tag(cell.text, cell.tone)
    if cell.note:
        inner = format_html('{}<span class="note">{}</span>', inner, cell.note)
    if cell.head:
        return format_html('<th role="rowheader" scope="row" class="{}">{}</th>', cell.css, inner)
    if cell.lead:
        return format_html('<td role="cell" class="{}" data-l="{}">{}</td>', cell.css, cell.lead, inner)
    return format_html('<td role="cell" class="{}">{}</td>', cell.css, inner)


def _filled(name: str, **values: Any) -> SafeString:
    """Return a component's template filled with values; no request context goes in."""
    return format_html("{}", get_template(f"platform/components/{name}.html").render(values))


# ---- words and buttons -------------------------------------------------------------------------------------------


@register.simple_tag
def tag(word: Text, shade: str = "") -> SafeString:
    """Return a state's word on the ground of its tone; the tone follows from the word unless given."""
    return format_html('<span class="tag {}">{}</span>', shade or show.tone(word), word)


@register.simple_tag
def button(
    label: Text, kind: str = "secondary", href: str = "", name: str = "", value: str = "1", **more: str
) -> SafeString:
    """Return a button, or a link that looks like one when `href` is given.

    `kind`: primary (one in a page), secondary, danger, link. `css` adds classes (full, only-wide), `form` names a form
    elsewhere on the page, `action` overrides the form's address.
    """
    look = "plain" if kind == "link" else f"btn {kind}"
    look = f"{look} {more.get('css', '')}".strip()
    if href:
        return format_html('<a class="{}" href="{}">{}</a>', look, href, label)
    given = {"name": name, "value": value if name else "", "form": more.get("form"), "formaction": more.get("action")}
    extra = format_html_join("", ' {}="{}"', ((attribute, text) for attribute, text in given.items() if text))
    return format_html('<button type="submit" class="{}"{}>{}</button>', look, extra, label)


@register.simple_tag
def print_button(kind: str = "secondary") -> SafeString:
    """Return the button that prints this page; it appears only where the browser lets a page print.

    On a page that can only be read it is the main action: `kind` primary, then also on a phone.
    """
    look = "primary" if kind == "primary" else "only-wide"
    return format_html('<button type="button" class="btn {}" data-print hidden>{}</button>', look, _("打印"))


@register.simple_block_tag(end_name="endbuttons")
def buttons(content: SafeString) -> SafeString:
    """Return the row of buttons under a form."""
    return format_html('<div class="btns">{}</div>', content)


# ---- page head and blocks ----------------------------------------------------------------------------------------


@_inclusion("breadcrumb")
def breadcrumb(*pairs: str) -> dict[str, Any]:
    """Show the way to this page: address, label, address, label, ...; the page itself is not in it."""
    return {"steps": list(zip(pairs[::2], pairs[1::2], strict=True))}


@register.simple_block_tag(end_name="endpage_title")
def page_title(content: SafeString, title: Text, count: Text = "", state: Text = "") -> SafeString:
    """Return the page's one h1 with a state's word, a grey remark and, at the right, the actions in the block."""
    return _filled("page_title", title=title, count=count, state=state, content=content, filled=bool(content.strip()))


@register.simple_block_tag(end_name="endcard")
def card(content: SafeString, title: Text = "", href: str = "", label: Text = "", key: str = "") -> SafeString:
    """Return a white box with an h2 and, at its right, a link; `key` becomes the box's id."""
    return _filled("card", title=title, href=href, label=label, key=key, content=content)


@register.simple_block_tag(end_name="endnotice")
def notice(content: SafeString, kind: str = "info", title: Text = "") -> SafeString:
    """Return a boxed remark; `kind`: info, success, warning, danger."""
    return _filled("notice", kind=kind, title=title, content=content)


@register.simple_block_tag(end_name="endconfirmation")
def confirmation(content: SafeString, title: Text, number: Text = "", number_label: Text = "") -> SafeString:
    """Return the panel after something was done, with its number; the block says what happens next."""
    return _filled("confirmation", title=title, number=number, number_label=number_label, content=content)


@_inclusion("empty")
def empty(title: Text, text: Text = "", href: str = "", label: Text = "") -> dict[str, Any]:
    """Show that there is nothing yet, what it is for, and the first thing to do."""
    return {"title": title, "text": text, "href": href, "label": label}


@_inclusion("stat")
def stat(label: Text, value: float | str | None, href: str, unit: Text = "", source: Text = "") -> dict[str, Any]:
    """Show a figure that opens to its records; `source` says what was counted, and as of when."""
    if not href:
        raise template.TemplateSyntaxError(f"the figure “{label}” leads nowhere: every figure opens to its records")
    text = value if isinstance(value, str) else show.thousands(value)
    if not isinstance(value, str) and value is not None:
        unit = show.counting_word(unit, value)
    if not unit and " " in text:  # 1,184,000.00 元: the unit is written small
        text, unit = text.rsplit(" ", 1)
    return {"label": label, "text": text, "href": href, "unit": unit, "source": source, "long": len(text) > 9}


@register.simple_block_tag(end_name="endstats")
def stats(content: SafeString) -> SafeString:
    """Return a row of figures."""
    return format_html('<div class="stats">{}</div>', content)


# ---- lists -------------------------------------------------------------------------------------------------------


@register.simple_block_tag(end_name="endtasks")
def tasks(content: SafeString) -> SafeString:
    """Return a list of things to open, each a whole row."""
    return format_html('<ul class="tasks">{}</ul>', content)


@_inclusion("task")
def task(label: Text, href: str = "", note: Text = "", state: Text = "", shade: str = "") -> dict[str, Any]:
    """Show one row of a task list: the link, a grey remark, a state's word."""
    return {"label": label, "href": href, "note": note, "state": state, "shade": shade or show.tone(state)}


@register.simple_block_tag(end_name="endsummary_list")
def summary_list(content: SafeString) -> SafeString:
    """Return a list of labels and values."""
    return format_html('<dl class="sum">{}</dl>', content)


@register.simple_tag
def summary_row(label: Text, value: Any, href: str = "", action: Text = "") -> SafeString:
    """Return one label and value with the link that changes it; an empty value says 未填."""
    shown = value if value not in (None, "") else format_html('<span class="quiet">{}</span>', _("未填"))
    link = SafeString("")
    if href:
        link = format_html('<dd><a href="{}">{}<span class="sr">{}</span></a></dd>', href, action or _("更改"), label)
    return format_html("<div><dt>{}</dt><dd>{}</dd>{}</div>", label, shown, link)


@_inclusion("timeline")
def timeline(events: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Show events with `when`, `title` and, where there are, `text`, `href`, `state`; in the order given."""
    return {"events": events}


@_inclusion("tree")
def tree(nodes: Sequence[Any]) -> dict[str, Any]:
    """Show a tree that opens and closes: nodes with `label`, `href`, `note`, `state`, `children`, `opened`."""
    return {"nodes": nodes}


@_inclusion("steps")
def steps(current: int, *labels: Text) -> dict[str, Any]:
    """Show where in a wizard one is: the number of the current step from 1, then the names of all."""
    return {"current": current, "labels": labels, "last": len(labels)}


@register.inclusion_tag("platform/components/table.html", takes_context=True)
def table(context: Context, data: Table) -> dict[str, Any]:
    """Show a list: a table on the desk, two-line records on a phone, the empty state when there is nothing."""
    return {"table": data, "request": context.get("request")}


@register.inclusion_tag("platform/components/pagination.html", takes_context=True)
def pagination(context: Context, pages: Pages) -> dict[str, Any]:
    """Show the way to the other pages of a list; nothing when there is only one."""
    return {"pages": pages, "request": context.get("request")}


@register.simple_block_tag(takes_context=True, end_name="endquery_bar")
def query_bar(context: Context, content: SafeString, form: forms.Form, shown: int = 3) -> SafeString:
    """Return the bar that narrows a list: the form's first fields in one line, the rest behind 更多条件."""
    fields = form.visible_fields()
    request = context.get("request")
    return _filled(
        "query_bar",
        form=form,
        first=fields[:shown],
        rest=fields[shown:],
        opened=any(field.value() for field in fields[shown:]),
        path=request.path if request else "",
        content=content,
    )


@_inclusion("diff")
def diff(
    rows: Iterable[tuple[Text, Text, Text] | Difference], before: Text = "", after: Text = "", caption: Text = ""
) -> dict[str, Any]:
    """Show two versions field by field: rows of label, text before, text after, or the differences of a conflict."""
    pairs = [(row.label, row.theirs, row.yours) if isinstance(row, Difference) else row for row in rows]
    compared = [(label, was, now, was != now) for label, was, now in pairs]
    return {"rows": compared, "before": before or _("原来"), "after": after or _("现在"), "caption": caption}


@_inclusion("progress")
def progress(job: Progress, poll_url: str, home: str = "") -> dict[str, Any]:
    """Show how far a job is; asks `poll_url` for itself again every second until the job ends.

    On a page of its own `home` is where whoever need not wait goes meanwhile.
    """
    return {"job": job, "poll_url": poll_url, "home": home}


@_inclusion("chart")
def chart(drawing: Chart, opened: bool = False, download: str = "") -> dict[str, Any]:
    """Show a chart with its figures as a table; `download` is the address of the same figures as a sheet."""
    return {"chart": drawing, "svg": format_html("{}", drawing.svg), "opened": opened, "download": download}


@register.simple_tag
def drawing(chart: Chart) -> SafeString:
    """Return a chart's drawing alone, where one table stands for several of them."""
    return format_html("{}", chart.svg)


@register.inclusion_tag("platform/components/as_of.html", takes_context=True)
def as_of(context: Context) -> dict[str, Any]:
    """Show which day of the past the page is read for, with the way back to today, and let another day be chosen.

    The day stands in the address; what else stands there is kept, but the number of the page.
    """
    request = context["request"]
    day = asof.as_of(request.GET)
    kept = [
        (name, value) for name, values in request.GET.lists() for value in values if name not in (asof.NAME, "page")
    ]
    now = f"{request.path}?{urlencode(kept)}" if kept else request.path
    return {"as_of": day, "path": request.path, "kept": kept, "now": now, "today": clock.today().isoformat()}


@_inclusion("print_head")
def print_head(unit: Text, moment: Any, title: Text = "") -> dict[str, Any]:
    """Show, on paper only, whose sheet this is and of when; printed today unless it says another day."""
    return {"unit": unit, "moment": moment or clock.today(), "title": title}


@_inclusion("signatures")
def signatures(*labels: Text) -> dict[str, Any]:
    """Show, on paper only, the lines to sign on."""
    return {"labels": labels}


# ---- forms -------------------------------------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def version(context: Context, row: Any) -> SafeString:
    """Return the hidden field that tells from which version of a row a form was filled.

    A form that is shown again keeps its own, so that what somebody else saved meanwhile is not overwritten unseen.
    """
    seen = version_seen(context["request"].POST)
    return format_html('<input type="hidden" name="version" value="{}">', row.version if seen is None else seen)


@register.simple_block_tag(takes_context=True, end_name="endpost_form")
def post_form(context: Context, content: SafeString, **more: str) -> SafeString:
    """Return a form that posts, with its token against forged requests.

    `action` (this page unless given), `upload=True` for files, `draft=True` to warn before typed text is left behind,
    `key` its id, `css` its classes. Each form handed out carries a key (`once`) that makes a
    second press harmless.
    """
    more.setdefault("once", new_key())
    return _filled("post_form", content=content, csrf_token=context.get("csrf_token"), **more)


@register.simple_tag(takes_context=True)
def typed_again(context: Context, version: int) -> SafeString:
    """Return what was just posted as hidden inputs, made to build on a newer version; "" when nothing was posted."""
    request = context.get("request")
    posted = request.POST.lists() if request else ()
    pairs = [(name, value) for name, values in posted for value in values if name not in _NOT_AGAIN]
    if pairs:
        pairs.append(("version", str(version)))
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', pairs)


_NOT_AGAIN = {"csrfmiddlewaretoken", "once", "version"}


_KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (PickerInput, "picker"),
    (PartialDateInput, "parts"),
    (forms.CheckboxSelectMultiple, "choices"),
    (forms.RadioSelect, "choices"),
    (forms.CheckboxInput, "check"),
)


def _kind(bound: forms.BoundField) -> str:
    if isinstance(bound.field, ConsentField):
        return "consent"
    return next((kind for widget, kind in _KINDS if isinstance(bound.field.widget, widget)), "box")


def _target(bound: forms.BoundField) -> str:
    """Return the id of the box that an error message leads to."""
    return f"{bound.auto_id}{'_0' if _kind(bound) in ('choices', 'parts') else ''}"


@_inclusion("field")
def field(bound: forms.BoundField, width: str = "", row: bool = False) -> dict[str, Any]:
    """Show one field with its label, hint and error.

    `width`: short, medium, or all there is. `row` puts choices side by side. What may stay empty says 选填.
    """
    kind = _kind(bound)
    described = bound.aria_describedby or ""
    context: dict[str, Any] = {"bound": bound, "described": described, "row": row}
    context["body"] = f"platform/components/fields/{kind}.html"
    context["optional"] = not bound.field.required and kind not in ("check", "consent")
    widget = bound.field.widget
    if kind == "box":
        limit = widget.attrs.get("maxlength") if isinstance(widget, forms.Textarea) else None
        css: dict[str, str | bool] = {"class": f"w-{width}"} if width else {}
        context |= {"control": bound.as_widget(attrs=css), "limit": limit}
    elif kind == "picker" and isinstance(widget, PickerInput):
        picked = widget.picked(bound.value())
        chosen = [{"code": picked.code, "name": picked.typed}] if picked.code and picked.typed == picked.was else []
        context |= {"picked": picked, "search_url": widget.search_url, "name": bound.html_name}
        context["candidates"] = widget.candidates or chosen
    elif kind == "parts":
        parts = widget.get_context(bound.html_name, bound.value(), {"id": bound.auto_id})["widget"]["subwidgets"]
        context["parts"] = list(zip(parts, ("y", "m", "d"), (4, 2, 2), (_("年"), _("月"), _("日")), strict=True))
    return context


@_inclusion("fields")
def fields(form: forms.BaseForm) -> dict[str, Any]:
    """Show all fields of a form, one under another."""
    return {"form": form}


@_inclusion("error_summary")
def error_summary(*given: forms.BaseForm) -> dict[str, Any]:
    """Show what has to be mended in these forms, each sentence leading to its box; nothing when all is well."""
    problems: list[tuple[str, str]] = []
    for form in given:
        if not form.is_bound:
            continue
        problems += [(str(text), "") for text in form.non_field_errors()]
        problems += [(str(text), _target(bound)) for bound in form for text in bound.errors]
    return {"problems": problems}
