import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures.js";
import { hour, minute } from "../time.js";

test.describe("nothing moves while a page loads:", { tag: "@phone" }, () => {
  test.beforeEach(async ({ account, page }) => {
    await account.settle();
    await account.addAgo("Old", 3 * hour, hour);
    await account.run("Running", 10 * minute);
    await page.addInitScript(() => {
      const shifts: unknown[] = [];
      Object.assign(window, { shifts });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as (PerformanceEntry & { value: number; sources: { node?: Element }[] })[]) {
          shifts.push({ value: entry.value, moved: entry.sources.map((source) => source.node?.outerHTML?.slice(0, 80)) });
        }
      }).observe({ type: "layout-shift", buffered: true });
    });
  });

  /** What has moved once everything is painted that hydration changed, two frames later. */
  async function shifts(page: Page): Promise<{ value: number }[]> {
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    return page.evaluate(() => (window as never as { shifts: { value: number }[] }).shifts);
  }

  for (const address of ["/", "/day", "/week", "/month", "/settings", "/help", "/last/24-hours"]) {
    test(address, async ({ period, page }) => {
      await period.visit(address);
      expect(await shifts(page)).toEqual([]);
    });
  }

  for (const address of ["/", "/day", "/week", "/month", "/last/7-days", "/projects"]) {
    test(`${address}, over a slow line`, async ({ period, page, line }) => {
      await period.visit(line.url + address);
      // Only what stands at the right end of the top may still be pushed by what follows it.
      const moved = (await shifts(page)).map((shift) => shift.value);
      expect(moved.reduce((sum, value) => sum + value, 0)).toBeLessThan(0.002);
    });
  }
});

test.describe("what is clicked shows before the server has answered:", () => {
  test("Start and Stop, within one frame", async ({ timer, page }) => {
    await timer.name.fill("At once");
    for (const [button, then, said] of [
      [timer.startButton, "Stop", "Started “At once”"],
      [timer.stopButton, "Start", "Stopped “At once”"],
    ] as const) {
      let answer = () => {};
      const asked = new Promise<void>((arrived) => {
        void page.route("**/rpc/submit", async (route) => {
          arrived();
          await new Promise<void>((resolve) => (answer = resolve));
          await route.continue();
        }, { times: 1 });
      });
      // The frame that follows the click is the last that may still show what was there before.
      const shown = await button.evaluate((button: HTMLElement) => {
        button.click();
        return new Promise<string[]>((resolve) =>
          requestAnimationFrame(() =>
            setTimeout(() => resolve([...document.querySelectorAll("main button, main li")].map((element) => element.textContent ?? ""))),
          ),
        );
      });
      expect(shown.map((text) => text.trim())).toContain(then);
      expect(shown.some((text) => text.includes("At once") && text.includes("now") === (then === "Stop"))).toBe(true);
      await asked;
      await expect(timer.message).not.toContainText(said);
      answer();
      await expect(timer.message).toContainText(said);
    }
  });

  for (const [action, count] of [["Delete", 0], ["Duplicate", 2], ["Continue", 2]] as const) {
    test(action, async ({ timer, account, page }) => {
      await account.addAgo("Row", 3 * hour, hour);
      await timer.open();
      let answer = () => {};
      await page.route("**/rpc/submit", async (route) => {
        await new Promise<void>((resolve) => (answer = resolve));
        await route.continue();
      }, { times: 1 });
      await timer.action(action, "Row").click();
      await expect(timer.session("Row")).toHaveCount(count);
      await expect(timer.message).toBeEmpty();
      answer();
      await expect(timer.message).not.toBeEmpty();
      await expect(timer.session("Row")).toHaveCount(count);
    });
  }

  test("a refusal puts it back, and says why", async ({ timer, account, page, guard }) => {
    guard.allowRefusals();
    const id = await account.addAgo("Gone elsewhere", 3 * hour, hour);
    await timer.open();
    await account.send({ intent: "delete", session: id });
    await page.route("**/rpc/sheet", (route) => route.abort("failed"));
    guard.allowLostConnection();
    await timer.action("Delete", "Gone elsewhere").click();
    await expect(timer.message).toContainText("does not exist, or no longer");
    await page.unroute("**/rpc/sheet");
    await timer.reload();
    await expect(timer.session("Gone elsewhere")).toHaveCount(0);
  });

  test("commands given faster than they are answered are carried out in order", async ({ timer, account, page }) => {
    for (const name of ["A", "B", "C"]) await account.addAgo(name, 3 * hour, hour);
    await timer.open();
    const sent: string[] = [];
    await page.route("**/rpc/submit", async (route) => {
      sent.push(new URLSearchParams(route.request().postData() ?? "").get("form[intent]") ?? "");
      await route.continue();
    });
    await timer.action("Delete", "A").click();
    await timer.action("Duplicate", "B").click();
    await timer.action("Continue", "C").click();
    await expect(timer.message).toContainText("Started “C”");
    expect(sent).toEqual(["delete", "duplicate", "continue"]);
    await timer.reload();
    await expect(timer.sessions).toHaveCount(4);
  });
});
