import { expect, test } from "../fixtures.js";
import { expectAccessible } from "../look.js";
import { date, hour, minute } from "../time.js";

const today = date();

test.describe("axe finds nothing on", { tag: "@phone" }, () => {
  test.beforeEach(async ({ account }) => {
    await account.settle();
    await account.add("Overlapping", `${today}T07:00`, `${today}T09:00`);
    await account.add("Within", `${today}T08:00`, `${today}T08:30`);
    await account.run("Running", 10 * minute);
  });

  for (const address of ["/", `/day/${today}`, "/week", "/month", "/last/24-hours", "/last/7-days", "/last/4-weeks", "/settings", "/help"]) {
    test(address.replace(today, "today"), async ({ period, page }) => {
      await period.visit(address);
      await expectAccessible(page);
    });
  }

  test("the empty timer, day and month", async ({ another, guard }) => {
    const page = await (await another()).newPage();
    for (const address of ["/", "/day", "/month"]) {
      await page.goto(address);
      await guard.awake(page);
      await expectAccessible(page);
    }
  });

  test("history and what does not exist", async ({ account, history, page, guard }) => {
    guard.allowRefusals();
    await history.open(await account.addAgo("Old", 3 * hour, hour));
    await expectAccessible(page);
    await history.visit("/nowhere");
    await expectAccessible(page);
  });

  test("a request that is refused, and a lost connection", async ({ timer, context, page, guard }) => {
    guard.allowRefusals();
    guard.allowLostConnection();
    await page.goto("/favourites");
    await expect(page.getByText("does not take that kind of request")).toBeVisible();
    await expect(page.getByRole("navigation", { name: "Views" })).toBeVisible();
    await expectAccessible(page);
    await timer.open();
    await context.setOffline(true);
    await timer.stopButton.click();
    await expect(page.getByText("Stint cannot be reached right now")).toBeVisible();
    await expectAccessible(page);
  });

  test("a time that exists twice", async ({ account, period, page, guard }) => {
    guard.allowRefusals();
    await account.settle({ zone: "Europe/Berlin" });
    await period.visit("/day/2026-10-25");
    const form = await period.add();
    await form.fill({ Start: "2026-10-25T02:30", Stop: "2026-10-25T03:00" });
    await form.save();
    await expect(page.getByRole("group", { name: "Which start" })).toBeVisible();
    await expectAccessible(page);
  });

  test("forms, refused and with a message", async ({ timer, guard, page }) => {
    guard.allowRefusals();
    const form = await timer.add();
    await expectAccessible(page);
    await form.fill({ Start: `${today}T10:00`, Stop: `${today}T09:00` });
    await form.save();
    await expect(form.field("Stop")).toHaveAttribute("aria-invalid", "true");
    await expectAccessible(page);
    await timer.edit("Within");
    await expectAccessible(page);
  });

  test("messages that can be undone, and the forgotten timer", async ({ timer, account, page }) => {
    await timer.press("Delete", "Within");
    await expectAccessible(page);
    await account.stop();
    await account.run("Forgotten", 9 * hour);
    await timer.open();
    await expect(timer.forgotten).toBeVisible();
    await expectAccessible(page);
  });

  test("suggestions and the list of keys", async ({ timer, page, isMobile }) => {
    await timer.name.fill("");
    await timer.name.pressSequentially("with");
    await expect(timer.suggestions.first()).toBeVisible();
    await expectAccessible(page);
    test.skip(isMobile, "The dialog is opened by a key.");
    await timer.name.press("Escape");
    await timer.name.blur();
    await page.keyboard.press("?");
    await expect(page.getByRole("dialog")).toBeVisible();
    await expectAccessible(page);
  });
});

test.describe("contrast and size", { tag: "@phone" }, () => {
  test("everything that can be touched is large enough on a phone", async ({ timer, account, page, isMobile }) => {
    test.skip(!isMobile, "Fingers are for phones.");
    await account.addAgo("Old", 3 * hour, hour);
    await timer.open();
    const targets = page.getByRole("button").or(page.getByRole("navigation").getByRole("link"));
    for (const target of await targets.all()) {
      const box = await target.boundingBox();
      // What Enter presses in the name field is for nobody's finger.
      if (!box || (await target.getAttribute("tabindex")) === "-1") continue;
      expect(Math.min(box.height, box.width), await target.evaluate((node) => node.outerHTML)).toBeGreaterThanOrEqual(44);
    }
  });

  test("nothing is wider than the screen", async ({ account, period, page }) => {
    await account.settle();
    await account.addAgo("Wide ".repeat(40), 3 * hour, hour);
    for (const address of ["/", "/day", "/week", "/month", "/settings", "/help"]) {
      await period.visit(address);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth), address).toBeLessThanOrEqual(0);
    }
  });
});
