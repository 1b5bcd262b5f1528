import { expect, test } from "../fixtures.js";
import { SheetPage } from "../pages/sheet.page.js";

test.describe("an address that leads nowhere", { tag: ["@phone", "@plain"] }, () => {
  const addresses = [
    "/nowhere",
    "/day/2026-02-30",
    "/day/yesterday",
    "/week/2026-W54",
    "/month/2026-13",
    "/last/5-minutes",
    "/session/0",
    "/session/01890a5d-ac96-774b-bcce-b302099a8057",
    "/day/1492-10-12",
  ];
  for (const address of addresses) {
    test(`${address} answers 404, in the look of all pages`, async ({ page, guard, scripted }) => {
      guard.allowRefusals();
      const answer = await page.goto(address);
      expect(answer!.status()).toBe(404);
      const sheet = new SheetPage(page, guard, scripted);
      await expect(sheet.heading).toHaveText("There is nothing here");
      await expect(page.getByRole("navigation", { name: "Views" })).toBeVisible();
      await guard.awake(page);
      await sheet.link("Back to the timer").click();
      await expect(page).toHaveURL("/");
      await expect(page.getByRole("button", { name: "Start", exact: true })).toBeVisible();
    });
  }
});

test("an empty day teaches the first step", { tag: ["@phone", "@plain", "@smoke"] }, async ({ timer, period }) => {
  await expect(timer.today).toContainText("Nothing tracked yet");
  await expect(timer.today).toContainText("press Start");
  await period.visit("/day");
  await expect(period.page.getByText("Add a session that belongs here")).toBeVisible();
  await period.visit("/month/2026-01");
  await expect(period.page.getByText("Nothing tracked here")).toBeVisible();
});

test("help says what the keys do", { tag: ["@phone", "@plain", "@smoke"] }, async ({ timer, page }) => {
  await timer.link("Help").click();
  await expect(timer.heading).toHaveText("Help");
  await expect(page.getByRole("main").getByText("Start or stop")).toBeVisible();
});

const pages = ["/", "/day", "/week", "/month", "/last/7-days", "/settings", "/help", "/day/2026-11-20"];

test("every page comes to life quietly, cold and warm, 50 times", async ({ timer, page, account, guard }) => {
  test.slow();
  await account.run("Alive", 60);
  for (let round = 0; round < 50; round++) {
    await page.goto(pages[round % pages.length]!);
    await guard.awake(page);
  }
  await timer.open();
});

test("no page asks anybody else for anything", async ({ page, guard, server }) => {
  const foreign: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(server.url) && !request.url().startsWith("data:")) foreign.push(request.url());
  });
  for (const address of pages) {
    await page.goto(address);
    await guard.awake(page);
  }
  expect(foreign).toEqual([]);
});

test("back and forward go through the pages", async ({ timer, period, page }) => {
  await timer.link("Week").click();
  await expect(period.heading).toContainText("Week");
  await period.link("Previous").click();
  await expect(page).toHaveURL(/\/week\/\d/);
  await page.goBack();
  await expect(page).toHaveURL("/week");
  await page.goBack();
  await expect(timer.startButton).toBeVisible();
  await page.goForward();
  await expect(period.heading).toContainText("Week");
});

test("a visitor who does nothing leaves no trace", async ({ page, guard, context }) => {
  for (const address of pages) {
    await page.goto(address);
    await guard.awake(page);
  }
  expect(await context.cookies()).toEqual([]);
});
