// A key presses the link that says it is its shortcut, except while typing.
addEventListener("keydown", (event) => {
  const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName);
  if (typing || event.altKey || event.ctrlKey || event.metaKey || event.repeat || event.isComposing) return;
  const link = document.querySelector(`[aria-keyshortcuts~="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!link) return;
  event.preventDefault();
  if (event.key.toLowerCase() === "n") location.assign("/#name");
  else link.click();
});
// A browser knows its zone; whoever has not chosen one yet need not look for it.
const zone = document.getElementById("zone");
if (zone && !zone.value) zone.value = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
// Tabs that show tracked time show it by what was just chosen.
if (location.pathname === "/settings" && new URLSearchParams(location.search).has("saved")) {
  new BroadcastChannel("stint").postMessage("settings");
}
document.documentElement.dataset.ready = "";
