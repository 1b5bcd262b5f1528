import { expect, test } from "../fixtures.js";
import { date, hour, minute, seconds } from "../time.js";

test.beforeEach(({ guard }) => guard.allowLostConnection());

const lost = /cannot be reached/;

test("a lost connection is said, what was typed stays, and works again afterwards", { tag: "@phone" }, async ({ timer, context }) => {
  const form = await timer.add();
  await form.fill({ Name: "Typed on a train", Start: `${date()}T08:00`, Stop: `${date()}T09:00` });
  await context.setOffline(true);
  await form.save();
  await expect(timer.message).toContainText(lost);
  await expect(form.field("Name")).toHaveValue("Typed on a train");
  await expect(form.field("Start")).toHaveValue(new RegExp(`^${date()}T08:00`));
  await context.setOffline(false);
  await form.save();
  await expect(timer.session("Typed on a train")).toContainText("08:00 – 09:00");
  await expect(timer.alert.filter({ hasText: lost })).toBeHidden();
});

test("a name typed for a new session stays", async ({ timer, context }) => {
  await timer.name.fill("Tunnel");
  await context.setOffline(true);
  await expect.poll(() => timer.page.evaluate(() => navigator.onLine)).toBe(false);
  await timer.startButton.click();
  await expect(timer.message).toContainText(lost);
  await expect(timer.name).toHaveValue("Tunnel");
  await context.setOffline(false);
  await expect(async () => {
    if (await timer.startButton.isVisible()) await timer.startButton.click();
    await expect(timer.message).toContainText("Started “Tunnel”", { timeout: 500 });
  }).toPass();
  await expect(timer.session("Tunnel")).toHaveCount(1);
});

test("a stop without a connection is not lost silently", async ({ timer, account, context }) => {
  await account.run("In the air", 10 * minute);
  await timer.open();
  await context.setOffline(true);
  await timer.stopButton.click();
  await expect(timer.message).toContainText(lost);
  // The page does not pretend: the session still runs, as it does on the server.
  await expect(timer.stopButton).toBeVisible();
  await expect(timer.session("In the air")).toContainText("now");
  const before = seconds(await timer.elapsed.innerText());
  await expect.poll(async () => seconds(await timer.elapsed.innerText())).toBeGreaterThan(before);
  await context.setOffline(false);
  await timer.stop();
  await expect(timer.session("In the air")).toContainText(/0:10:\d\d/);
});

test("the clock ticks on without a connection", async ({ timer, account, context }) => {
  await account.run("Ticking", 10 * minute);
  await timer.open();
  await context.setOffline(true);
  const before = seconds(await timer.elapsed.innerText());
  await expect.poll(async () => seconds(await timer.elapsed.innerText())).toBeGreaterThan(before + 1);
});

test("a deleted row comes back when the server did not hear of it", async ({ timer, account, context }) => {
  await account.addAgo("Survivor", 120 * minute, 60 * minute);
  await timer.open();
  await context.setOffline(true);
  await timer.action("Delete", "Survivor").click();
  await expect(timer.message).toContainText(lost);
  await expect(timer.session("Survivor")).toBeVisible();
});

test("the answer that gets lost on its way makes no second session", async ({ timer, page }) => {
  // The server carries the command out, but the browser never hears of it.
  await page.route("**/rpc/submit", async (route) => {
    await route.fetch();
    await route.abort("connectionreset");
  }, { times: 1 });
  await timer.name.fill("Once");
  await timer.startButton.click();
  await expect(timer.message).toContainText(lost);
  await timer.reload();
  await expect(timer.session("Once")).toHaveCount(1);
  await expect(timer.stopButton).toBeVisible();
});

test("what is pressed again because its answer was lost is done once", async ({ timer, page }) => {
  // As above, and the page cannot look either.
  await page.route("**/rpc/submit", async (route) => {
    await route.fetch();
    await route.abort("connectionreset");
  }, { times: 2 });
  await page.route("**/rpc/sheet", (route) => route.abort("connectionreset"));
  await timer.name.fill("Once");
  await timer.startButton.click();
  await expect(timer.message).toContainText(lost);
  const form = await timer.add();
  await form.fill({ Name: "Twice saved", Start: `${date()}T08:00`, Stop: `${date()}T09:00` });
  // What is said already does not tell when this one is lost.
  const lostToo = page.waitForEvent("requestfailed", (request) => request.url().includes("/rpc/submit"));
  await form.save();
  await lostToo;
  await expect(timer.message).toContainText(lost);
  await page.unroute("**/rpc/sheet");
  await form.save();
  await expect(timer.message).toContainText("Added");
  await expect(timer.session("Twice saved")).toHaveCount(1);
  await expect(timer.session("Once")).toHaveCount(1);
});

test("what something in between answers is no answer: pressed again, it is done once", async ({ timer, page, guard }) => {
  guard.allow(/Failed to load resource: the server responded with a status of 50[24]/);
  const html = (title: string) => ({ contentType: "text/html", body: `<h1>${title}</h1>` });
  await page.route("**/rpc/submit", async (route) => {
    await route.fetch();
    await route.fulfill({ status: 504, ...html("Gateway Timeout") });
  }, { times: 1 });
  await page.route("**/rpc/sheet", (route) => route.fulfill({ status: 502, ...html("Bad Gateway") }));
  const form = await timer.add();
  await form.fill({ Name: "Behind a proxy", Start: `${date()}T08:00`, Stop: `${date()}T09:00` });
  await form.save();
  await expect(timer.message).toContainText(lost);
  await expect(timer.alert.filter({ hasText: lost }).first()).toBeVisible();
  await expect(form.field("Name")).toHaveValue("Behind a proxy");
  await page.unroute("**/rpc/sheet");
  await form.save();
  await expect(timer.message).toContainText("Added");
  await expect(timer.session("Behind a proxy")).toHaveCount(1);
});

test("a start that is pressed again because its answer was lost is one start", async ({ timer, page }) => {
  await page.route("**/rpc/submit", async (route) => {
    await route.fetch();
    await route.abort("connectionreset");
  }, { times: 1 });
  await page.route("**/rpc/sheet", (route) => route.abort("connectionreset"));
  await timer.name.fill("Once");
  const looked = page.waitForEvent("requestfailed", (request) => request.url().endsWith("/rpc/sheet"));
  await timer.startButton.click();
  await expect(timer.message).toContainText(lost);
  // Had it seen that the session runs, the button would say Stop.
  await looked;
  await page.unroute("**/rpc/sheet");
  await timer.startButton.click();
  await expect(timer.message).toContainText("Started “Once”");
  await timer.reload();
  await expect(timer.session("Once")).toHaveCount(1);
});

test("the connection's return is noticed without a click", async ({ timer, context, account }) => {
  await context.setOffline(true);
  await timer.startButton.click();
  await expect(timer.alert.filter({ hasText: lost }).first()).toBeVisible();
  await account.run("Meanwhile", 5 * minute);
  await context.setOffline(false);
  await expect(timer.session("Meanwhile")).toBeVisible();
  await expect(timer.alert.filter({ hasText: lost })).toBeHidden();
});

test("a page that cannot be loaded leaves the one that is there", async ({ timer, context }) => {
  await timer.start("Here");
  await context.setOffline(true);
  await timer.link("Week").click();
  await expect(timer.page.getByText(lost).first()).toBeVisible();
  await context.setOffline(false);
  await timer.link("Timer").click();
  await expect(timer.stopButton).toBeVisible();
});

test("nor does what was typed go with it", { tag: "@phone" }, async ({ timer, context, page }) => {
  await timer.name.fill("Tunnel");
  const form = await timer.add();
  await form.fill({ Name: "Typed on a train" });
  await context.setOffline(true);
  for (const leave of [() => timer.link("Week").click(), () => timer.link("Day").click()]) {
    await leave();
    await expect(timer.alert.filter({ hasText: lost })).toBeVisible();
    await expect(page).toHaveURL("/");
    await expect(timer.name).toHaveValue("Tunnel");
    await expect(form.field("Name")).toHaveValue("Typed on a train");
  }
  await timer.startButton.focus();
  await page.keyboard.press("m");
  await expect(form.field("Name")).toHaveValue("Typed on a train");
  await context.setOffline(false);
  await timer.link("Week").click();
  await expect(page).toHaveURL("/week");
});

test("settings that cannot be saved stay chosen, and are saved afterwards", async ({ settings, account, context }) => {
  await account.settle();
  await settings.open();
  await settings.zone.fill("Asia/Tokyo");
  await settings.choice("Theme").selectOption({ label: "Dark" });
  await context.setOffline(true);
  const said = settings.alert.filter({ hasText: lost });
  for (const leave of [() => settings.save(), () => settings.link("Projects").click(), () => settings.page.keyboard.press("Enter")]) {
    await leave();
    await expect(said).toBeVisible();
    await expect(settings.zone).toHaveValue("Asia/Tokyo");
  }
  await context.setOffline(false);
  await settings.save();
  await expect(settings.message).toHaveText("Settings saved.");
  await expect(said).toBeHidden();
  await expect(settings.zone).toHaveValue("Asia/Tokyo");
  await expect(settings.page.locator("html")).toHaveAttribute("data-theme", "dark");
});

for (const [key, what] of [["s", "starts"], ["n", "goes to the name"], ["d", "shows the day"]] as const) {
  test(`a key that ${what} leaves a document standing without a connection`, async ({ settings, account, context, page }) => {
    await account.settle();
    await settings.visit("/help");
    await context.setOffline(true);
    await page.keyboard.press(key);
    await expect(settings.alert.filter({ hasText: lost })).toBeVisible();
    await expect(page).toHaveURL("/help");
    await context.setOffline(false);
    await page.keyboard.press(key);
    await expect(page).not.toHaveURL("/help");
  });
}

test("the key that goes to the name leaves an overview standing without a connection", async ({ period, account, context, page }) => {
  await account.settle();
  await account.addAgo("Written about", 3 * hour, hour);
  await period.visit("/week");
  const form = await period.edit("Written about");
  // The browser gives it the focus with the next frame, which may come later than what follows.
  await expect(form.field("Name")).toBeFocused();
  await form.fill({ Name: "Typed in a tunnel" });
  await form.field("Name").blur();
  await context.setOffline(true);
  await page.keyboard.press("n");
  await expect(period.alert.filter({ hasText: lost })).toBeVisible();
  await expect(form.field("Name")).toHaveValue("Typed in a tunnel");
  await context.setOffline(false);
  await page.keyboard.press("n");
  await expect(page).toHaveURL("/#name");
});

test("the way to a document is not gone without a connection, and what was typed stays", { tag: "@phone" }, async ({ timer, context, page }) => {
  await timer.name.fill("Tunnel");
  const form = await timer.add();
  await form.fill({ Name: "Typed on a train" });
  await context.setOffline(true);
  for (const link of ["Projects", "Settings"]) {
    await timer.link(link).click();
    await expect(timer.alert.filter({ hasText: lost })).toBeVisible();
    await expect(timer.name).toHaveValue("Tunnel");
    await expect(form.field("Name")).toHaveValue("Typed on a train");
  }
  await context.setOffline(false);
  await timer.link("Projects").click();
  await expect(page).toHaveURL("/projects");
});
