import { expect, test } from "../fixtures.js";
import { TimerPage } from "../pages/timer.page.js";
import { hour, minute } from "../time.js";

test.describe("the clock runs on", { tag: "@plain" }, () => {
  test("through a reload", { tag: ["@phone", "@smoke"] }, async ({ timer, account }) => {
    await account.run("Still running", 10 * minute);
    await timer.open();
    await timer.reload();
    await expect(timer.elapsed).toHaveText(/^0:10:\d\d$/);
    await expect(timer.name).toHaveValue("Still running");
    await expect(timer.stopButton).toBeVisible();
  });

  test("through closing the browser and opening it again", async ({ timer, account, context, another, guard, scripted }) => {
    await account.run("Overnight", 7 * hour);
    const kept = await context.storageState();
    await timer.page.close();
    const cookie = kept.cookies[0]!;
    expect(kept.cookies).toHaveLength(1);
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Lax", path: "/" });
    // A cookie without an end would be gone with the browser. Chromium keeps none longer than 400 days.
    expect(cookie.expires - Date.now() / 1000).toBeGreaterThan(399 * 86_400);
    const again = new TimerPage(await (await another({ storageState: kept })).newPage(), guard, scripted);
    await again.open();
    await expect(again.elapsed).toHaveText(/^7:00:\d\d$/);
    await again.stop();
    await expect(again.session("Overnight")).toContainText(/7:00:\d\d/);
  });

  test("through a restart of the server", async ({ timer, account, server, guard }) => {
    guard.allowLostConnection();
    await account.run("Deployed under", 10 * minute);
    await server.stop();
    await server.start();
    await timer.open();
    await expect(timer.elapsed).toHaveText(/^0:10:\d\d$/);
    await timer.stop();
    await expect(timer.session("Deployed under")).toContainText(/0:10:\d\d/);
  });

  test("through a power cut, with everything that was acknowledged", async ({ timer, server, guard }) => {
    guard.allowLostConnection();
    await timer.start("Power cut");
    await server.kill();
    await server.start();
    await timer.open();
    await expect(timer.stopButton).toBeVisible();
    await expect(timer.name).toHaveValue("Power cut");
    await timer.stop();
    await server.kill();
    await server.start();
    await timer.open();
    await expect(timer.session("Power cut")).not.toContainText("now");
  });
});

test("an open page works on after the server was away", async ({ timer, account, server, guard }) => {
  guard.allowLostConnection();
  await account.run("Patient", 10 * minute);
  await timer.open();
  await server.stop();
  await timer.stopButton.click();
  await expect(timer.message).toContainText("cannot be reached");
  await server.start();
  await timer.focus();
  await expect(timer.alert.filter({ hasText: "cannot be reached" })).toBeHidden();
  await timer.stop();
  await expect(timer.session("Patient")).toContainText(/0:1\d:\d\d/);
});

test("a browser without its cookie starts afresh, and sees nothing of others", { tag: "@plain" }, async ({ timer, another, guard, scripted }) => {
  await timer.start("Private");
  const stranger = new TimerPage(await (await another()).newPage(), guard, scripted);
  await stranger.open();
  await expect(stranger.startButton).toBeVisible();
  await expect(stranger.page.getByText("Private")).toHaveCount(0);
});
