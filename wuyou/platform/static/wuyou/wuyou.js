// Small conveniences; every page works without them.
(() => {
  "use strict";
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const words = document.body.dataset;
  let dirty = false;

  const ready = (root) => {
    all("[data-print]", root).forEach((button) => {
      button.hidden = false;
      button.addEventListener("click", () => print());
    });
    const first = root.querySelector("[data-focus]");
    if (first) first.focus();
    all("[data-count]", root).forEach((note) => {
      const box = document.getElementById(note.dataset.count);
      if (!box || !box.maxLength || box.maxLength < 0) return;
      // The browser would cut pasted text silently; the server says it in words instead.
      const limit = box.maxLength;
      box.removeAttribute("maxlength");
      const tell = () => {
        const left = limit - [...box.value].length;
        note.textContent = (left < 0 ? words.over : words.left).replace("{n}", Math.abs(left));
      };
      box.addEventListener("input", tell);
      tell();
    });
  };

  // The way past the menu leaves no mark in the address: the page that answers a form would begin there as well, and not at
  // what has to be mended.
  document.addEventListener("click", (event) => {
    if (!event.target.closest("a.skip")) return;
    event.preventDefault();
    document.getElementById("main").focus();
  });

  // A link of the error summary puts the cursor into the box, not only near it.
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".es a");
    const box = link && document.getElementById(link.hash.slice(1));
    if (!box) return;
    event.preventDefault();
    box.closest(".bad, fieldset, .f")?.scrollIntoView({ block: "start" });
    box.focus({ preventScroll: true });
  });

  // The large mode changes at once; the server remembers it meanwhile.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if ("large" in form.dataset) {
      event.preventDefault();
      const button = form.querySelector("button");
      const body = new FormData(form);
      body.set("large", button.value);
      const on = document.documentElement.classList.toggle("large", button.value === "1");
      button.value = on ? "0" : "1";
      button.textContent = on ? button.dataset.on : button.dataset.off;
      fetch(form.action, { method: "POST", body, redirect: "manual" }).catch(() => {});
      return;
    }
    // A second press while the first is under way does nothing.
    if (form.method === "post") {
      if (form.dataset.sent) return event.preventDefault();
      form.dataset.sent = "1";
      dirty = false;
      setTimeout(() => delete form.dataset.sent, 8000);
    }
  });
  addEventListener("pageshow", () => all("form[data-sent]").forEach((form) => delete form.dataset.sent));

  document.addEventListener("input", (event) => {
    if (event.target.closest("form[data-draft]")) dirty = true;
  });
  addEventListener("beforeunload", (event) => {
    if (dirty) event.preventDefault();
  });

  // Keys: Ctrl+Enter sends; "/" goes to the search box; "g" and a letter jump. The last two can be switched off.
  let jump = 0;
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, select, textarea, [contenteditable]");
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && typing?.form) {
      event.preventDefault();
      typing.form.requestSubmit();
      return;
    }
    if (!("keys" in words) || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "/") {
      const box = document.querySelector("form[role=search] input:not([type=hidden])");
      if (box) {
        event.preventDefault();
        box.focus();
        box.select?.();
      }
    } else if (event.key === "g") {
      jump = Date.now();
    } else if (Date.now() - jump < 1500) {
      jump = 0;
      const link = all("[data-key]").find((one) => one.dataset.key === event.key);
      if (link) location.assign(link.href);
    }
  });

  // What a bar or an area of a chart stands for, beside the pointer or the keyboard's place.
  const tip = document.createElement("div");
  tip.id = "tip";
  tip.hidden = true;
  tip.setAttribute("aria-hidden", "true");
  const point = (event) => {
    const mark = event.target.closest?.("[data-tip]");
    tip.hidden = !mark;
    if (!mark) return;
    if (!tip.isConnected) document.body.append(tip);
    tip.textContent = mark.dataset.tip;
    const box = mark.getBoundingClientRect();
    const x = event.clientX || box.left;
    const y = event.clientY || box.top;
    tip.style.left = Math.max(4, Math.min(x + 12, innerWidth - tip.offsetWidth - 4)) + "px";
    tip.style.top = Math.max(4, y - tip.offsetHeight - 8) + "px";
  };
  for (const kind of ["pointermove", "focusin"]) document.addEventListener(kind, point);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") tip.hidden = true;
  });

  document.addEventListener("htmx:afterSwap", (event) => ready(event.target));
  ready(document);
})();
