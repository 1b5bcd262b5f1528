import { expect, test } from "../fixtures.js";
import { ago, hour, local, minute } from "../time.js";

test.describe("a timer that was forgotten", { tag: ["@phone", "@plain"] }, () => {
  test.beforeEach(async ({ account, timer }) => {
    await account.run("Left on", 9 * hour);
    await timer.open();
  });

  test("is asked about, and nothing is cut unasked", async ({ timer }) => {
    await expect(timer.forgotten).toContainText("“Left on” has been running for 9 h");
    await expect(timer.elapsed).toHaveText(/^9:00:\d\d$/);
    await expect(timer.stopButton).toBeVisible();
  });

  test("can be ended at a typed time", { tag: "@smoke" }, async ({ timer, account, period }) => {
    await timer.forgotten.getByLabel("Stop it at").fill(local(ago(8 * hour)));
    await timer.forgotten.getByRole("button", { name: "End there" }).click();
    await expect(timer.message).toContainText("Stopped “Left on”");
    await expect(timer.startButton).toBeVisible();
    await expect(timer.forgotten).toBeHidden();
    await account.addAgo("Now", 60, 60);
    await period.visit("/last/24-hours");
    await expect(period.session("Left on")).toContainText(/1:00:0\d|0:59:5\d/);
  });

  test("is not ended at no time", async ({ timer }) => {
    await timer.forgotten.getByLabel("Stop it at").fill("");
    await timer.forgotten.getByRole("button", { name: "End there" }).click();
    await expect(timer.forgotten.getByLabel("Stop it at")).toBeFocused();
    await expect(timer.stopButton).toBeVisible();
    await timer.reload();
    await expect(timer.elapsed).toHaveText(/^9:00:\d\d$/);
  });

  test("can be ended where one looks back", async ({ period, page }) => {
    await period.visit("/week");
    await period.forgotten.getByLabel("Stop it at").fill(local(ago(8 * hour)));
    await period.forgotten.getByRole("button", { name: "End there" }).click();
    await expect(period.message).toContainText("Stopped “Left on”");
    await expect(period.forgotten).toBeHidden();
    await expect(page).toHaveURL(/\/week/);
  });

  test("cannot be ended before it began; what was typed stays", async ({ timer, guard }) => {
    guard.allowRefusals();
    const typed = local(ago(10 * hour));
    await timer.forgotten.getByLabel("Stop it at").fill(typed);
    await timer.forgotten.getByRole("button", { name: "End there" }).click();
    await expect(timer.message).toContainText("The stop lies before the start.");
    await expect(timer.stopButton).toBeVisible();
    await expect(timer.forgotten.getByLabel("Stop it at")).toHaveValue(typed.replace(/:00$/, ""));
    await expect(timer.forgotten.getByLabel("Stop it at")).toHaveAccessibleDescription("The stop lies before the start.");
  });
});

test("an open page asks at the eighth hour", async ({ timer, account, page }) => {
  await page.clock.install();
  await account.run("Long day", 8 * hour - 30);
  await timer.open();
  await expect(timer.elapsed).toHaveText(/^7:59:[345]\d$/);
  await expect(timer.forgotten).toBeHidden();
  await page.clock.fastForward(minute * 1000);
  await expect(timer.elapsed).toHaveText(/^8:00:\d\d$/);
  await expect(timer.forgotten).toContainText("“Long day” has been running for 8 h");
});

test("a timer of seven hours is nobody's mistake yet", { tag: "@plain" }, async ({ timer, account }) => {
  await account.run("Long day", 7 * hour);
  await timer.open();
  await expect(timer.elapsed).toHaveText(/^7:00:\d\d$/);
  await expect(timer.forgotten).toBeHidden();
});
