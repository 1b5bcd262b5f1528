import { expect, test } from "../fixtures.js";

test.beforeEach(({ guard }) => guard.allowLostConnection());

test.describe("what was not answered yet", () => {
  test("arrives in order although the page is left", async ({ timer, page, settings }) => {
    // The server hears nothing of it while the page stands.
    await page.route("**/rpc/submit", async (route) => {
      if (route.request().resourceType() !== "fetch") await route.continue();
    });
    await timer.name.fill("On the way out");
    await timer.startButton.click();
    await expect(timer.stopButton).toBeVisible();
    await timer.name.fill("Renamed on the way out");
    await timer.stopButton.click();
    await expect(timer.startButton).toBeVisible();
    await settings.link("Settings").click();
    await expect(settings.heading).toHaveText("Settings");
    await expect(async () => {
      await timer.open();
      await expect(timer.session("Renamed on the way out")).toHaveCount(1, { timeout: 500 });
    }).toPass();
    await expect(timer.startButton).toBeVisible();
  });

  test("arrives although another view is shown meanwhile, which hears of it", async ({ timer, page, period }) => {
    let answer = () => {};
    const held = new Promise<void>((resolve) => (answer = resolve));
    await page.route("**/rpc/submit", async (route) => {
      await held;
      await route.continue();
    });
    await timer.name.fill("First");
    await timer.startButton.click();
    await expect(timer.stopButton).toBeVisible();
    await timer.stopButton.click();
    await expect(timer.startButton).toBeVisible();
    await timer.link("Week").click();
    await expect(page).toHaveURL("/week");
    await expect(period.total).toBeVisible();
    answer();
    await expect(period.message).toContainText("Stopped “First”");
    await expect(period.session("First")).toHaveCount(1);
    await expect(period.session("First")).not.toContainText("now");
  });

  test("is told where it was refused although another view is shown", async ({ timer, page, period, guard }) => {
    guard.allowRefusals();
    let answer = () => {};
    const held = new Promise<void>((resolve) => (answer = resolve));
    await page.route("**/rpc/submit", async (route) => {
      await held;
      await route.continue();
    });
    await timer.name.evaluate((field) => field.removeAttribute("maxlength"));
    await timer.name.fill("x".repeat(501));
    await timer.startButton.click();
    await timer.link("Week").click();
    await expect(period.total).toBeVisible();
    answer();
    await expect(period.message).toContainText("at most 500 characters");
  });

  test("is told while it takes too long, and saved once when the answer comes", async ({ timer, page }) => {
    await page.clock.install();
    await timer.open();
    let answer = () => {};
    const held = new Promise<void>((resolve) => (answer = resolve));
    await page.route("**/rpc/submit", async (route) => {
      await held;
      await route.continue();
    });
    const told = timer.alert.filter({ hasText: "nothing you typed is lost" });
    await timer.name.fill("Into the void");
    await timer.startButton.click();
    await expect(timer.stopButton).toBeVisible();
    await page.clock.runFor(9_000);
    await expect(told).toBeHidden();
    await page.clock.runFor(3_000);
    await expect(told).toBeVisible();
    await timer.stopButton.click();
    answer();
    await expect(timer.message).toContainText("Stopped “Into the void”");
    await expect(told).toBeHidden();
    await expect(timer.session("Into the void")).toHaveCount(1);
  });
});
