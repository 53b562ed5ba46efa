// Puts the name of a number where the cursor was in the text; without this the names can be copied.
(() => {
  "use strict";
  document.querySelectorAll("[data-insert]").forEach((button) => {
    const box = document.getElementById(button.dataset.into);
    if (!box) return;
    button.hidden = false;
    button.addEventListener("click", () => {
      box.setRangeText(button.dataset.insert, box.selectionStart, box.selectionEnd, "end");
      box.dispatchEvent(new Event("input", { bubbles: true }));
      box.focus();
    });
  });
})();
