import { expect, test } from "../fixtures.js";
import { TimerPage } from "../pages/timer.page.js";
import { hour, minute, seconds } from "../time.js";
import type { Locator } from "@playwright/test";

const day = 24 * hour;

/** Waits until a clock shows about so many seconds; two are for the way to the server and back. */
async function expectSeconds(clock: Locator, about: number): Promise<void> {
  await expect.poll(async () => Math.abs(seconds(await clock.innerText()) - about), { timeout: 3000 }).toBeLessThanOrEqual(4);
}

for (const [what, error] of [
  ["five minutes slow", -5 * minute],
  ["five minutes fast", 5 * minute],
  ["seven hours fast", 7 * hour],
  ["a day and an hour slow", -25 * hour],
  ["set to 1970", -56 * 365 * day],
  ["set to 2090", 63 * 365 * day],
] as const) {
  test(`a browser clock ${what} still shows the server's time, and stores it`, async ({ timer, account, page }) => {
    await account.run("Skewed", 10 * minute);
    await page.clock.install({ time: Date.now() + error * 1000 });
    await timer.open();
    await expectSeconds(timer.elapsed, 10 * minute);
    await expectSeconds(timer.elapsed, 10 * minute);
    await timer.stop();
    await expect(timer.session("Skewed")).toContainText(/0:10:0\d/);
    await timer.start("Started by a wrong clock");
    await expect(timer.elapsed).toHaveText(/^0:00:0\d$/);
    await timer.reload();
    await expect(timer.elapsed).toHaveText(/^0:00:\d\d$/);
  });

  test(`a browser clock ${what} is still corrected after going from page to page`, async ({ timer, account, page }) => {
    await account.run("Skewed", 10 * minute);
    await page.clock.install({ time: Date.now() + error * 1000 });
    await timer.open();
    // The page has been open for an hour before the next one is asked for.
    await page.clock.fastForward(hour * 1000);
    await timer.link("Day").click();
    await expect(page).toHaveURL("/day");
    await timer.link("Timer").click();
    await expectSeconds(timer.elapsed, 10 * minute);
  });
}

// A change of zone does at once what midnight does: today is another day, and what runs reaches into it.
for (const address of ["/", "/day", "/week", "/last/7-days"]) {
  test(`${address} follows when today becomes another day`, async ({ account, period, page }) => {
    await account.settle();
    await account.addAgo("Earlier", 30 * hour, hour);
    await account.run("Through the night", 7 * hour);
    await account.settle({ zone: "Pacific/Kiritimati" });
    await period.visit(address);
    await account.settle({ zone: "Pacific/Pago_Pago" });
    await period.focus();
    const today = await page.evaluate(() => new Intl.DateTimeFormat("en-GB", { timeZone: "Pacific/Pago_Pago", day: "numeric", month: "long" }).format());
    if (address === "/day") await expect(period.heading).toContainText(today);
    await expect(async () => {
      const before = seconds(await period.total.innerText());
      const sum = await period.sumOfRows();
      const after = seconds(await period.total.innerText());
      expect(sum).toBeGreaterThanOrEqual(before);
      expect(sum).toBeLessThanOrEqual(after);
    }).toPass();
    const shown = await page.getByRole("main").ariaSnapshot();
    await period.reload();
    const steady = (text: string) => text.replace(/\d+:\d\d:\d\d|\d+ (h|min|s)\b/g, "");
    expect(steady(shown)).toBe(steady(await page.getByRole("main").ariaSnapshot()));
  });
}

test("a clock set forward while the page is open is noticed, and the server asked", async ({ timer, account, page }) => {
  await page.clock.install();
  await account.run("Jumpy", 10 * minute);
  await timer.open();
  const asked = page.waitForResponse("**/rpc/sheet");
  await page.clock.setSystemTime(Date.now() + 3 * day * 1000);
  await asked;
  await expectSeconds(timer.elapsed, 10 * minute);
  await timer.stop();
  await expect(timer.session("Jumpy")).toContainText(/0:10:0\d/);
});

test("a clock set back while the page is open never shows less than nothing", async ({ timer, page }) => {
  await page.clock.install();
  await timer.start("Backwards");
  await page.clock.setSystemTime(Date.now() - 2 * hour * 1000);
  await expect(timer.elapsed).toHaveText(/^0:00:\d\d$/);
  await expectSeconds(timer.elapsed, 0);
  await timer.stop();
  await expect(timer.session("Backwards")).toContainText(/0:00:\d\d/);
});

for (const [what, error] of [["back", -3 * hour], ["forward", 3 * day]] as const) {
  test(`the tab of a document shows the right time although the clock is set ${what}`, async ({ account, settings, page }) => {
    await page.clock.install({ time: Date.now() + 7 * hour * 1000 });
    await account.run("Jumpy", 10 * minute);
    await settings.open();
    await page.evaluate(() => (document.querySelector("title")!.dataset.before = ""));
    await page.clock.setSystemTime(Date.now() + error * 1000);
    // The server was asked, and its answer stands there.
    await expect.poll(() => page.evaluate(() => document.querySelector("title")!.dataset.before)).toBeUndefined();
    await expect(page).toHaveTitle(/^0:10:0[1-9] · Jumpy · Settings/);
    await page.clock.fastForward(hour * 1000);
    await expect(page).toHaveTitle(/^1:10:\d\d · Jumpy/);
  });
}

test("after a laptop's sleep the clock is right at once, and no tick is made up for", async ({ timer, account, page }) => {
  await page.clock.install();
  await account.run("Slept", 10 * minute);
  await timer.open();
  await page.evaluate(() => {
    const shown = document.querySelector("[role=timer]")!;
    const changes = { count: 0 };
    new MutationObserver(() => changes.count++).observe(shown, { characterData: true, childList: true, subtree: true });
    Object.assign(window, { changes });
  });
  await page.clock.fastForward(90 * minute * 1000);
  await expect(timer.elapsed).toHaveText(/^1:40:\d\d$/, { timeout: 1500 });
  expect(await page.evaluate(() => (window as never as { changes: { count: number } }).changes.count)).toBeLessThanOrEqual(6);
});

test("a hidden tab that is seldom woken is right each time", async ({ timer, account, page }) => {
  await page.clock.install();
  await account.run("Hidden", minute);
  await timer.open();
  for (const passed of [2, 3, 4]) {
    await page.clock.fastForward(minute * 1000);
    await expect(timer.elapsed).toHaveText(new RegExp(`^0:0${passed}:\\d\\d$`));
    await expect(page).toHaveTitle(new RegExp(`^0:0${passed}:\\d\\d · Hidden`));
  }
});

test("a rolling window left open rolls on", async ({ account, period, page }) => {
  await account.settle();
  await account.addAgo("Leaves the window", 24 * hour + 10 * minute, 20 * minute);
  await account.run("Longer than the window", 30 * hour);
  await page.clock.install();
  await period.visit("/last/24-hours");
  await expect(period.session("Leaves the window").first()).toBeVisible();
  await page.clock.fastForward(20 * minute * 1000);
  await expect(period.session("Leaves the window")).toHaveCount(0);
  // Within the minute that the window takes to slide on.
  await expect.poll(async () => Math.abs(seconds(await period.total.innerText()) - day)).toBeLessThanOrEqual(minute);
  await expect(async () => expect(await period.sumOfRows()).toBe(seconds(await period.total.innerText()))).toPass();
});

test("after a sleep, what happened meanwhile elsewhere is shown", async ({ timer, context, another, guard, scripted }) => {
  await timer.page.clock.install();
  await timer.open();
  await timer.start("Before the sleep");
  const device = await another({ storageState: await context.storageState() });
  const other = new TimerPage(await device.newPage(), guard, scripted);
  await other.open();
  await other.stop();
  await timer.page.clock.fastForward(30 * minute * 1000);
  await timer.focus();
  await expect(timer.startButton).toBeVisible();
});
