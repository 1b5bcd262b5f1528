import { expect, test } from "../fixtures.js";
import { PeriodPage } from "../pages/period.page.js";
import { SettingsPage } from "../pages/settings.page.js";
import type { SheetPage } from "../pages/sheet.page.js";
import { TimerPage } from "../pages/timer.page.js";
import { date, minute, seconds } from "../time.js";

test("the clock ticks, in the panel, the row, every total and the tab's title", { tag: "@phone" }, async ({ timer, account }) => {
  await account.run("Ticking", 10 * minute);
  await timer.open();
  const shown = { panel: timer.elapsed, row: timer.session("Ticking"), today: timer.todayTotal, week: timer.sum("This week"), month: timer.sum("This month") };
  const last = async (what: keyof typeof shown) => seconds((await shown[what].innerText()).match(/\d+:\d\d:\d\d/g)!.at(-1)!);
  for (const what of Object.keys(shown) as (keyof typeof shown)[]) {
    const before = await last(what);
    expect(before, what).toBeGreaterThanOrEqual(600);
    await expect.poll(() => last(what), { message: what }).toBeGreaterThan(before);
  }
  await expect(timer.page).toHaveTitle(/^0:10:\d\d · Ticking · Stint$/);
});

for (const view of ["day", "week", "month", "last/24-hours", "last/7-days", "last/4-weeks"]) {
  test(`a running session counts and ticks in the total of ${view}`, async ({ period, account }) => {
    await account.settle();
    await account.add("Before", `${date()}T08:00`, `${date()}T09:00`);
    await account.run("Ticking", 2 * minute);
    await period.visit(`/${view}`);
    const before = seconds(await period.total.innerText());
    expect(before).toBeGreaterThanOrEqual(3600 + 120);
    expect(before).toBeLessThan(3600 + 180);
    await expect.poll(async () => seconds(await period.total.innerText())).toBeGreaterThan(before);
    await expect(async () => expect(await period.sumOfRows()).toBe(seconds(await period.total.innerText()))).toPass();
  });
}

test("the tab says what runs, by its title and its icon", async ({ timer }) => {
  const icon = timer.page.locator("link[rel=icon]");
  await expect(timer.page).toHaveTitle("Stint");
  await expect(icon).toHaveAttribute("href", "/favicon.svg");
  await timer.start("Deep work");
  await expect(timer.page).toHaveTitle(/^0:00:\d\d · Deep work · Stint$/);
  await expect(icon).toHaveAttribute("href", "/favicon-running.svg");
  await timer.stop();
  await expect(timer.page).toHaveTitle("Stint");
  await expect(icon).toHaveAttribute("href", "/favicon.svg");
});

for (const [address, title] of [["/settings", "Settings"], ["/projects", "Projects"], ["/help", "Help"]] as const) {
  test(`the tab says what runs on ${address}, too`, async ({ account, period, page, context, guard, scripted }) => {
    await account.settle();
    const icon = page.locator("link[rel=icon]");
    await account.run("Ticking", 10 * minute);
    await period.visit(address);
    await expect(page).toHaveTitle(new RegExp(`^0:10:\\d\\d · Ticking · ${title} · Stint$`));
    await expect(icon).toHaveAttribute("href", "/favicon-running.svg");
    const elapsed = async () => seconds((await page.title()).split(" ")[0]!);
    const before = await elapsed();
    await expect.poll(elapsed).toBeGreaterThan(before);
    const other = new TimerPage(await context.newPage(), guard, scripted);
    await other.open();
    await other.stop();
    await expect(page).toHaveTitle(`${title} · Stint`);
    await expect(icon).toHaveAttribute("href", "/favicon.svg");
    await other.start("Next");
    await expect(page).toHaveTitle(new RegExp(`^0:00:\\d\\d · Next · ${title} · Stint$`));
  });
}

test("both icons exist", async ({ request }) => {
  for (const icon of ["/favicon.svg", "/favicon-running.svg", "/apple-touch-icon.png", "/manifest.webmanifest"]) {
    expect((await request.get(icon)).status(), icon).toBe(200);
  }
});

test("two tabs of one browser agree within a second", async ({ timer, context, guard, scripted }) => {
  const page = await context.newPage();
  const other = new TimerPage(page, guard, scripted);
  await other.open();
  await timer.start("In the first tab");
  await expect(other.stopButton).toBeVisible({ timeout: 1000 });
  await expect(other.name).toHaveValue("In the first tab", { timeout: 1000 });
  await other.stop();
  await expect(timer.startButton).toBeVisible({ timeout: 1000 });
  await expect(timer.session("In the first tab")).not.toContainText("now", { timeout: 1000 });
});

test("settings chosen in one tab show in the other, unless somebody types there", async ({ timer, context, guard, scripted }) => {
  const settings = new SettingsPage(await context.newPage(), guard, scripted);
  await settings.open();
  await settings.choose("Theme", "Dark");
  const root = timer.page.locator("html");
  await expect(root).toHaveAttribute("data-theme", "dark");
  await guard.awake(timer.page);
  await timer.name.fill("half a thought");
  await settings.open();
  await settings.choose("Theme", "Light");
  // What the other tab says next arrives after the settings, and finds the page as it was.
  const other = new TimerPage(settings.page, guard, scripted);
  await other.open();
  await other.start("From the other tab");
  await expect(timer.session("From the other tab")).toBeVisible();
  await expect(root).toHaveAttribute("data-theme", "dark");
});

test("so they do where something was started", async ({ timer, context, guard, scripted }) => {
  await timer.name.fill("Running");
  await timer.startButton.click();
  await expect(timer.message).toContainText("Started");
  const settings = new SettingsPage(await context.newPage(), guard, scripted);
  await settings.open();
  await settings.choose("Theme", "Dark");
  await expect(timer.page.locator("html")).toHaveAttribute("data-theme", "dark");
});

test("what a key starts on a document is told to other tabs", async ({ timer, context, guard, scripted }) => {
  const settings = new SettingsPage(await context.newPage(), guard, scripted);
  await settings.open();
  await settings.page.keyboard.press("s");
  await expect(timer.stopButton).toBeVisible();
});

test("a page that is shown again without getting the focus is up to date", async ({ timer, account }) => {
  await timer.start("At home");
  await account.send({ intent: "stop" });
  await timer.page.evaluate(() => {
    document.hasFocus = () => false;
    document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
  });
  await expect(timer.startButton).toBeVisible();
});

test("an answer that was overtaken by a newer one is not shown", async ({ timer, page }) => {
  await overtaken(timer, "**/rpc/sheet", async () => {
    const newer = page.waitForResponse("**/rpc/sheet");
    await timer.start("Newer");
    await newer;
  });
  await expect(timer.session("Newer")).toContainText("now");
  await expect(timer.stopButton).toBeVisible();
});

test("nor is one that the tab of a document waited for", async ({ settings, account, page }) => {
  await account.settle();
  await settings.open();
  await overtaken(settings, "**/settings", async () => {
    await account.run("Newer", minute);
    await settings.focus();
    await expect(page).toHaveTitle(/Newer · Settings/);
  });
  await expect(page).toHaveTitle(/Newer · Settings/);
});

test("a tab asks once for what it has changed itself", async ({ timer, page }) => {
  let times = 0;
  page.on("request", (request) => (times += Number(request.url().endsWith("/rpc/sheet"))));
  for (const change of [() => timer.start("First"), () => timer.rename("Second"), () => timer.stop()]) {
    const answered = page.waitForResponse("**/rpc/sheet");
    await change();
    await answered;
  }
  expect(times).toBe(3);
});

test("a tab with an overview follows the tab with the timer", async ({ timer, context, guard, scripted }) => {
  const overview = new PeriodPage(await context.newPage(), guard, scripted);
  await overview.visit("/week");
  await timer.start("Seen elsewhere");
  await expect(overview.session("Seen elsewhere")).toBeVisible({ timeout: 1000 });
});

test("what somebody types in one tab survives news from another", async ({ timer, context, guard, scripted }) => {
  const other = new TimerPage(await context.newPage(), guard, scripted);
  await other.open();
  await other.name.pressSequentially("Half a thou");
  await timer.start("Interruption");
  await expect(other.session("Interruption")).toBeVisible();
  await other.name.press("End");
  await timer.press("Delete", "Interruption");
  await expect(other.startButton).toBeVisible();
});

test("another device agrees after a reload, and when it is looked at again", async ({ timer, context, another, guard, scripted }) => {
  const device = await another({ storageState: await context.storageState() });
  const other = new TimerPage(await device.newPage(), guard, scripted);
  await other.open();
  await timer.start("On the laptop");
  await other.reload();
  await expect(other.stopButton).toBeVisible();
  await expect(other.session("On the laptop")).toBeVisible();
  await timer.rename("On the big laptop");
  await other.focus();
  await expect(other.session("On the big laptop")).toBeVisible();
});

test("two devices that both start leave one session running", async ({ timer, context, another, guard, scripted }) => {
  const device = await another({ storageState: await context.storageState() });
  const other = new TimerPage(await device.newPage(), guard, scripted);
  await other.open();
  await timer.start("First");
  await other.start("Second");
  await timer.reload();
  await expect(timer.name).toHaveValue("Second");
  await expect(timer.session("First")).not.toContainText("now");
});

/** Has a page ask at an address, and get the answer when `newer` is done. */
async function overtaken(sheet: SheetPage, address: string, newer: () => Promise<void>): Promise<void> {
  const { page } = sheet;
  let answered = () => {}, goOn = () => {};
  const isAnswered = new Promise<void>((resolve) => (answered = resolve));
  const mayGoOn = new Promise<void>((resolve) => (goOn = resolve));
  await page.route(address, async (route) => {
    const answer = await route.fetch();
    answered();
    await mayGoOn;
    await route.fulfill({ response: answer });
  }, { times: 1 });
  const asked = page.waitForRequest(address);
  await sheet.focus();
  await isAnswered;
  await newer();
  goOn();
  await (await (await asked).response())?.finished();
  // The page has taken or left that answer when it has the next one.
  await page.evaluate(async () => (await fetch("/healthz")).text());
}
