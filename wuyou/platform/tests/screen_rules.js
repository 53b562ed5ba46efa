// What a page, as it stands, breaks of the rules U1, U3-U5, U9, U12, U14, U17, U19: a list of [rule, where].
([primary]) => {
  const large = document.documentElement.classList.contains("large");
  const phone = innerWidth <= 640;
  const out = [];
  const say = (rule, where) => out.push([rule, where]);
  const name = (el) => el.tagName.toLowerCase() + (el.className?.baseVal ?? el.className ? "." +
    String(el.className?.baseVal ?? el.className).trim().split(/\s+/).join(".") : "") + " “" +
    (el.textContent || el.value || el.name || "").trim().slice(0, 24) + "”";
  const seen = (el) => {
    const box = el.getBoundingClientRect();
    const style = getComputedStyle(el);
    return el.checkVisibility() && box.width > 1 && box.height > 1 && style.visibility !== "hidden" && box.right > 0 && box.bottom + scrollY > 0
      && !el.closest(".sr, .skip, .rec thead");
  };

  const over = document.documentElement.scrollWidth - innerWidth;
  if (over > 0) {
    const wide = [...document.body.querySelectorAll("*")].filter((el) => el.getBoundingClientRect().right > innerWidth + 1
      && !el.closest(".tw.wide"));
    say("U1", `${over} px too wide: ${wide.slice(-1).map(name)}`);
  }

  const least = large ? 19 : 14;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const small = new Set();
  for (let text; (text = walker.nextNode());) {
    const el = text.parentElement;
    if (!text.data.trim() || !el || ["SCRIPT", "STYLE", "TITLE", "DESC", "OPTION", "NOSCRIPT"].includes(el.tagName.toUpperCase())
      || small.has(el) || !seen(el)) continue;
    const scale = el.ownerSVGElement ? el.getScreenCTM().a : 1;
    const size = parseFloat(getComputedStyle(el).fontSize) * scale;
    if (size < least - 0.05) { small.add(el); say("U3", `${size.toFixed(1)} px: ${name(el)}`); }
  }
  const body = parseFloat(getComputedStyle(document.body).fontSize);
  if (large && body < 22) say("U3", `body ${body} px in the large mode`);

  const need = large ? 56 : phone ? 44 : 24;
  const targets = document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary");
  for (const el of targets) {
    const thing = el.matches("[type=radio], [type=checkbox]") ? el.closest("label") || el : el;
    if (!seen(thing) || el.disabled) continue;
    const parent = el.parentElement;
    const inline = el.matches("a") && getComputedStyle(el).display === "inline"
      && parent.closest("p, dd, .hint, .notice, figcaption") && parent.textContent.trim().length > el.textContent.trim().length;
    if (inline) continue;
    let height = Math.max(thing.getBoundingClientRect().height,
      ...[...thing.querySelectorAll(".hit, .shape")].map((hit) => hit.getBoundingClientRect().height));
    if (height < need - 0.5) {
      el.scrollIntoView({ block: "center", behavior: "instant" });
      const box = (el.getClientRects()[0] || el.getBoundingClientRect());
      const x = box.left + box.width / 2, y = box.top + box.height / 2;
      const mine = (dy) => { const hit = document.elementFromPoint(x, y + dy); return hit && (hit === el || el.contains(hit)); };
      let up = 0, down = 0;
      while (up < 60 && mine(-up - 1)) up++;
      while (down < 60 && mine(down + 1)) down++;
      height = Math.max(height, up + down + 1);
    }
    if (height < need - 1) say("U4", `${height.toFixed(0)} px high: ${name(el)}`);
  }
  scrollTo(0, 0);

  const main = document.querySelector("main") || document.body;
  const filled = [...main.querySelectorAll("a, button")].filter((el) => seen(el)
    && getComputedStyle(el).backgroundColor === primary);
  if (filled.length !== 1) say("U5", `${filled.length} filled buttons: ${filled.map(name).join(", ")}`);

  for (const el of main.querySelectorAll("p")) {
    if (!seen(el)) continue;
    const style = getComputedStyle(el);
    const inside = el.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    const letters = inside / parseFloat(style.fontSize);
    const length = el.textContent.trim().length;
    if (length > 40 && letters > 40.5) say("U9", `${letters.toFixed(0)} letters a line: ${name(el)}`);
    if (phone && innerWidth >= 390 && length > 15 && letters < 15) {
      say("U9", `only ${letters.toFixed(1)} letters a line: ${name(el)}`);
    }
  }

  for (const el of main.querySelectorAll("label, legend")) {
    if (/[*＊]|必填/.test(el.textContent)) say("U12", `marks what is required: ${name(el)}`);
  }

  for (const el of main.querySelectorAll(".stat, article.paper b")) {
    if (!el.querySelector("a[href]")) say("U14", `a figure that leads nowhere: ${name(el)}`);
  }

  if (document.documentElement.lang.startsWith("zh")) {
    const typed = (el) => el.closest("form, .paper, .tag, h1, a");
    for (const el of main.querySelectorAll("td, dd")) {
      if (el.matches("td") && /\d{4}年\d{1,2}月\d{1,2}日/.test(el.textContent) && !typed(el)) say("U17", `prose date in a table: ${name(el)}`);
      if (/\d{5,}(\.\d\d)? 元/.test(el.textContent)) say("U17", `money without separators: ${name(el)}`);
      if (el.matches("td") && /^[\d,]+\.\d\d 元$/.test(el.textContent.trim()) && getComputedStyle(el).textAlign !== "right" && !phone) {
        say("U17", `money not at the right: ${name(el)}`);
      }
    }
    for (const el of main.querySelectorAll("p, li")) {
      if (/(^|[^\d（(])\d{4}-\d\d-\d\d/.test(el.textContent) && !typed(el) && !el.closest(".tasks, .line, .svg")) say("U17", `table date in prose: ${name(el)}`);
      if (/\d(人|元|次)|\d个(?!月)/.test(el.textContent) && !typed(el)) say("U17", `no blank after a number: ${name(el)}`);
    }
  }

  const header = document.createTreeWalker(document.querySelector(".top") || document.body, NodeFilter.SHOW_TEXT);
  for (let text; document.querySelector(".top") && (text = header.nextNode());) {
    const length = text.data.trim().length;
    if (!length || !seen(text.parentElement)) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    const lines = new Set([...range.getClientRects()].map((box) => Math.round(box.top))).size;
    if (lines > 1 && length / lines < 4) say("U19", `${lines} lines for ${length} letters: ${name(text.parentElement)}`);
  }
  return out;
}
