// Without a connection the browser would show a page of its own, and what was typed be gone. So what leads away
// looks for the server first where there is reason to doubt, and is then done as if nobody had looked.
let isAsking, isThere;
const lost = document.getElementById("lost");
const isDoubtful = () => !isThere && !(navigator.onLine && lost.hidden);
const ask = async (go) => {
  if (isAsking) return;
  isAsking = true;
  const answer = fetch("/healthz", { cache: "no-store", signal: AbortSignal.timeout(10_000) });
  isThere = await answer.then(() => true, () => false);
  lost.hidden = isThere;
  if (isThere) go();
  isAsking = isThere = false;
};
const leave = (go) => (isDoubtful() ? ask(go) : go());
const hold = (event, go) => {
  if (event.defaultPrevented || !isDoubtful()) return;
  event.preventDefault();
  ask(go);
};
addEventListener("submit", (event) => hold(event, () => event.target.requestSubmit(event.submitter)));
addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href]");
  if (!link || event.button || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const stays = link.target || link.hasAttribute("download") || (link.hash && link.pathname === location.pathname);
  if (!stays && link.origin === location.origin) hold(event, () => link.click());
});
// A key presses the link that says it is its shortcut, or sends what it does, except while typing.
const keys = () => document.getElementById("keys");
const send = (intent) => {
  if (!keys()) return false;
  leave(() => {
    const field = keys().elements["form[intent]"];
    const usual = field.value;
    field.value = intent ?? usual;
    keys().requestSubmit();
    field.value = usual;
  });
  return true;
};
let isLeaving;
addEventListener("pageshow", () => (isLeaving = false));
addEventListener("keydown", (event) => {
  // What is typed already is meant for the page that comes.
  if (isLeaving) return;
  const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName);
  if (typing || event.altKey || event.repeat || event.isComposing) return;
  // By its place where the keyboard has other letters.
  const key = (event.key > "\u024f" ? event.code.replace(/^Key/, "") : event.key).toLowerCase();
  const link = document.querySelector(`[aria-keyshortcuts~="${CSS.escape(key)}"]`);
  const press = () => {
    if (event.ctrlKey || event.metaKey) {
      const back = key === "z" && !event.shiftKey, forth = key === "y" || (key === "z" && event.shiftKey);
      return (back && send("undo-latest")) || (forth && send("redo-latest"));
    }
    if (event.shiftKey && /^[a-z]$/.test(key)) return false;
    if (key === "s" && send()) return true;
    if (key === "n") leave(() => {
      isLeaving = true;
      location.assign("/#name");
    });
    else link?.click();
    return link;
  };
  if (press()) event.preventDefault();
});
// The tab says how long what runs has run, and finds out when another tab changed that.
// The computer's clock may be wrong: the server's figure ages by the time that this page has stood.
let came = performance.now(), began = Date.now() - came;
const title = () => document.querySelector("title[data-live]");
const tick = () => {
  const { seconds } = title()?.dataset ?? {};
  if (seconds === undefined) return;
  const stood = performance.now(), begins = Date.now() - stood;
  // It was set, or the computer slept, which not every browser counts.
  if (Math.abs(begins - began) > 1500) refresh();
  began = begins;
  const total = Math.max(0, Number(seconds) + Math.floor((stood - came) / 1000));
  const [minutes, rest] = [Math.floor(total / 60) % 60, total % 60].map((part) => String(part).padStart(2, "0"));
  document.title = document.title.replace(/^[\d:]+/, `${Math.floor(total / 3600)}:${minutes}:${rest}`);
};
// Answers may overtake each other; only one newer than what stands here counts.
let asked = 0, shown = 0;
const refresh = async () => {
  const time = ++asked;
  const answer = await fetch(location.href).catch(() => {});
  const text = answer?.ok && (await answer.text().catch(() => {}));
  if (time < shown) return;
  shown = time;
  lost.hidden = Boolean(answer);
  if (!text) return;
  const page = new DOMParser().parseFromString(text, "text/html");
  // Somebody who was signed out meanwhile is shown what is left.
  if (!page.querySelector("title[data-live]")) return location.reload();
  for (const part of ["title[data-live]", "link[rel=icon]", "#keys"]) {
    const now = page.querySelector(part);
    if (now) document.querySelector(part)?.replaceWith(now);
  }
  came = performance.now();
};
// A browser knows its zone; whoever has not chosen one yet need not look for it.
const zone = document.getElementById("zone");
if (zone && !zone.value) zone.value = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
// Tabs that show tracked time show it by what was just chosen.
const told = new URLSearchParams(location.search);
if (location.pathname === "/settings" && told.has("saved")) new BroadcastChannel("stint").postMessage("settings");
// So do they what a key has started or stopped here.
if (told.has("done")) new BroadcastChannel("stint").postMessage(null);
// The answer to a form says nothing of what runs, and is not asked for again.
if (title()) {
  setInterval(tick, 1000);
  new BroadcastChannel("stint").onmessage = refresh;
  addEventListener("focus", refresh);
  addEventListener("online", refresh);
  // One that "back" brings again has used up its command.
  addEventListener("pageshow", (event) => event.persisted && refresh());
}
document.documentElement.dataset.ready = "";
