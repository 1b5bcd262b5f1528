// What pages of tracked time do besides the wasm.

// x selects the row with the focus; with Shift, a key or a click selects all from the last one on. Escape clears.
let last;
const boxes = () => [...document.querySelectorAll(".row-select")];
const select = (box, checked, range) => {
  const all = boxes(), ends = [all.indexOf(last), all.indexOf(box)].sort((a, b) => a - b);
  for (const each of range && ends[0] >= 0 ? all.slice(ends[0], ends[1] + 1) : [box]) each.checked = checked;
  last = box;
  count();
};
const count = () => {
  const text = document.querySelector(".select-count");
  // A session that crosses midnight has a row on each day.
  const { size } = new Set(boxes().filter((box) => box.checked).map((box) => box.value));
  const said = size ? `${size} selected` : "";
  if (text && text.textContent !== said) text.textContent = said;
};
addEventListener("click", ({ target, shiftKey }) => {
  if (target.matches?.(".row-select")) select(target, target.checked, shiftKey);
});
addEventListener("keydown", (event) => {
  const focused = document.activeElement;
  if (event.altKey || event.ctrlKey || event.metaKey || event.repeat || event.isComposing || !focused) return;
  if (focused.matches("input:not([type=checkbox]), textarea, select") || document.querySelector("dialog[open]")) return;
  const box = focused.closest(".row")?.querySelector(".row-select");
  if (event.key === "Escape") document.getElementById("select")?.reset();
  else if (box && event.key.toLowerCase() === "x") select(box, !box.checked, event.shiftKey);
});
addEventListener("reset", ({ target }) => {
  if (target.id !== "select") return;
  // A box that came ticked would be put back so.
  for (const box of boxes()) box.checked = box.defaultChecked = false;
  count();
});

// The page looks for what is new when another tab of the browser changed something, and when it is looked at again.
const look = () => dispatchEvent(new Event("look"));
const wake = new BroadcastChannel("stint");
addEventListener("changed", () => wake.postMessage(null));
// Other settings show the whole page anew, unless something is being typed: that matters more.
wake.onmessage = ({ data }) => {
  // What runs stands in the name field without anybody typing it.
  const isName = ({ id, value }) => id === "name" && (!value || document.querySelector(".panel--running"));
  const isTyped = (field) =>
    field.type !== "hidden" && field.value !== field.defaultValue && (field === document.activeElement || !isName(field));
  look();
  if (data === "settings" && ![...document.querySelectorAll("input, textarea")].some(isTyped)) location.reload();
};
if (new URLSearchParams(location.search).has("done")) wake.postMessage(null);
addEventListener("focus", look);
addEventListener("online", look);
// A phone that shows the page again may give it no focus, and one kept by "back" gets none either.
const lookUnfocused = () => document.hidden || document.hasFocus() || look();
addEventListener("visibilitychange", lookUnfocused);
addEventListener("pageshow", lookUnfocused);

// Without a connection a link looks for the server first: a page that says there is none would stand in place of
// what was typed.
addEventListener("click", async (event) => {
  const link = event.target.closest?.("a[href]");
  if (navigator.onLine || event.defaultPrevented || link?.origin !== location.origin) return;
  if (event.button || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const { href, hash, pathname } = link;
  if (hash && pathname === location.pathname) return;
  event.preventDefault();
  const looks = { cache: "no-store", signal: AbortSignal.timeout(10_000) };
  if (await fetch("/healthz", looks).catch(() => {})) location.assign(href);
  // The page then looks, too, and says so.
  else look();
});

// A pin is set without a new page, which would lose what is being typed. Why the server refuses one, it
// tells on a page.
let pinned, isRefused, isPinning;
addEventListener("submit", async (event) => {
  const { target, submitter } = event;
  if (target.id !== "pin" || isRefused || !document.documentElement.hasAttribute("data-ready")) return;
  event.preventDefault();
  if (isPinning) return;
  isPinning = true;
  const body = new URLSearchParams([[submitter.name, submitter.value]]);
  const answer = await fetch(target.action, { method: "POST", body, redirect: "manual" }).catch(() => {});
  isPinning = false;
  isRefused = answer && answer.type !== "opaqueredirect";
  if (isRefused) return target.requestSubmit(submitter);
  pinned = startOf(submitter).value;
  wake.postMessage(null);
  look();
});
const startOf = (pin) => pin.previousElementSibling;
const keepFocus = () => {
  const { activeElement, body } = document;
  const pin = [...document.querySelectorAll("[form=pin]")].find((pin) => startOf(pin).value === pinned);
  // The old one is still there, or the new one not yet.
  if (activeElement === body ? !pin : activeElement.form?.id === "pin") return;
  if (activeElement === body) pin.focus();
  pinned = undefined;
};

// Rows come and go with every command.
new MutationObserver(() => {
  count();
  if (pinned !== undefined) keepFocus();
}).observe(document.body, { childList: true, subtree: true });
addEventListener("pageshow", count);
