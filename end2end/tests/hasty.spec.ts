import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures.js";
import { date, hour } from "../time.js";

/** Keeps what a page asks for at an address waiting, until it is let through. */
async function hold(page: Page, address: string | RegExp): Promise<() => Promise<void>> {
  let letThrough = () => {};
  const mayPass = new Promise<void>((resolve) => (letThrough = resolve));
  await page.route(address, async (route) => {
    await mayPass;
    await route.fallback();
  });
  return async () => {
    letThrough();
    await page.unroute(address);
  };
}

test("what is typed before the page reacts stays", { tag: "@phone" }, async ({ timer, page, guard }) => {
  const letThrough = await hold(page, /\.wasm$/);
  await page.reload({ waitUntil: "commit" });
  await timer.name.fill("Invoice for");
  await letThrough();
  await guard.awake(page);
  await expect(timer.name).toHaveValue("Invoice for");
  await timer.name.press("End");
  await page.keyboard.type(" October");
  await page.keyboard.press("Enter");
  await expect(timer.session("Invoice for October")).toContainText("now");
});

test("so does what is typed into a form that the server wrote", { tag: "@phone" }, async ({ timer, page, guard }) => {
  const letThrough = await hold(page, /\.wasm$/);
  await page.goto("/?add=1", { waitUntil: "commit" });
  const form = timer.addForm;
  await form.fill({ Name: "Invoice for", Start: `${date()}T08:00` });
  await letThrough();
  await guard.awake(page);
  await expect(form.field("Name")).toHaveValue("Invoice for");
  await form.field("Name").press("End");
  await page.keyboard.type(" October");
  await form.fill({ Duration: "1h" });
  await form.save();
  await expect(timer.message).toContainText("Added “Invoice for October”");
});

test("Save pressed twice while the answer is on its way saves once", async ({ timer, page }) => {
  const letThrough = await hold(page, "**/rpc/submit");
  const form = await timer.add();
  await form.fill({ Name: "Once", Start: `${date()}T08:00`, Stop: `${date()}T09:00` });
  await form.save();
  await form.save();
  await letThrough();
  await expect(timer.message).toContainText("Added “Once”");
  await timer.reload();
  await expect(timer.session("Once")).toHaveCount(1);
});

test("nor is an edit that is saved twice said to be stale", async ({ timer, account, page }) => {
  await account.addAgo("Before", 3 * hour, hour);
  await timer.open();
  const letThrough = await hold(page, "**/rpc/submit");
  const form = await timer.edit("Before");
  await form.fill({ Name: "After" });
  await form.save();
  await form.save();
  await letThrough();
  await expect(timer.session("After")).toBeVisible();
  await expect(timer.message).toContainText("Saved");
});

test("a line that only the server can read is sent once, too", async ({ timer, page }) => {
  const letThrough = await hold(page, "**/rpc/submit");
  await timer.name.fill("8-9 design @Acme");
  await timer.name.press("Enter");
  await timer.name.press("Enter");
  await letThrough();
  await expect(timer.message).toContainText("design");
  await timer.reload();
  await expect(timer.session("design")).toHaveCount(1);
});

test("a double click deletes one session, and not the one that comes under it", async ({ timer, account }) => {
  for (const [place, name] of ["One", "Two", "Three"].entries()) await account.addAgo(name, (2 + place) * hour, hour);
  await timer.open();
  await timer.action("Delete", "One").dblclick();
  await expect(timer.message).toContainText("Deleted “One”");
  await timer.reload();
  await expect(timer.sessions).toHaveCount(2);
});

test("what was begun in one form is not lost to another", { tag: "@phone" }, async ({ timer, account, guard }) => {
  guard.allowRefusals();
  await account.settle();
  await timer.open();
  for (const [place, name] of ["One", "Two"].entries()) {
    const form = await timer.add();
    await form.fill({ Name: name, Start: `${date()}T0${place}:00`, Stop: `${date()}T0${place}:30` });
    await form.save();
    await expect(timer.session(name)).toBeVisible();
  }
  // Nothing was typed: one form gives way to the next.
  await timer.edit("Two");
  const form = await timer.edit("One");
  await form.field("Billable").check();
  await timer.action("Edit", "Two").click();
  await expect(timer.message).toContainText("Save or cancel what you began first.");
  await form.field("Billable").uncheck();
  await form.fill({ Name: "One and a half" });
  await timer.action("Edit", "Two").click();
  await expect(timer.message).toContainText("Save or cancel what you began first.");
  await expect(form.field("Name")).toHaveValue("One and a half");
  await form.fill({ Stop: "" , Duration: "soon" });
  await form.save();
  await expect(form.field("Duration")).toHaveAccessibleDescription(/./);
  await timer.action("Edit", "Two").click();
  await expect(form.field("Name")).toHaveValue("One and a half");
  await form.cancel();
  await expect(timer.message).not.toContainText("Save or cancel");
  await timer.edit("Two");
  await expect(timer.action("Edit", "One")).toBeVisible();
});

test("what is typed after n on a document presses no keys there", async ({ account, timer, period, page, guard }) => {
  await account.settle();
  await period.visit("/projects");
  const letThrough = await hold(page, (/\/$/));
  await page.keyboard.press("n");
  await page.keyboard.type("swd");
  await letThrough();
  await expect(page).toHaveURL("/#name");
  await guard.awake(page);
  await expect(timer.startButton).toBeVisible();
  await expect(timer.sessions).toHaveCount(0);
});

test("a view that was asked for before a session started shows it", async ({ account, period, page }) => {
  await account.settle();
  await period.visit(`/day/${date(-1)}`);
  let asked = () => {}, letThrough = () => {};
  const isAsked = new Promise<void>((resolve) => (asked = resolve));
  const mayPass = new Promise<void>((resolve) => (letThrough = resolve));
  await page.route("**/rpc/sheet", async (route) => {
    const answer = await route.fetch();
    asked();
    await mayPass;
    await route.fulfill({ response: answer });
  }, { times: 1 });
  await period.link("Next").click();
  await isAsked;
  await page.keyboard.press("s");
  await expect(period.message).toContainText("Started");
  letThrough();
  await expect(page).toHaveURL(`/day/${date()}`);
  await expect(period.session("(no name)")).toContainText("now");
});
