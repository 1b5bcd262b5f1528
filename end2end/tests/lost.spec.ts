import { expect, test } from "../fixtures.js";
import { date } from "../time.js";

test.beforeEach(({ guard }) => guard.allowLostConnection());

const lost = /cannot be reached/;

test("what is pressed anew is not taken for what was lost before", async ({ timer, page }) => {
  // The server starts the session, but the browser never hears of it until it looks.
  await page.route("**/rpc/submit", async (route) => {
    await route.fetch();
    await route.abort("connectionreset");
  }, { times: 1 });
  await timer.name.fill("Twice");
  await timer.startButton.click();
  await timer.stop();
  await timer.start("Twice");
  await expect(timer.stopButton).toBeVisible();
  await expect(timer.session("Twice")).toHaveCount(2);
});

test("a session that was added, although its answer was lost, and then deleted can be added anew", async ({ timer, page }) => {
  await page.route("**/rpc/submit", async (route) => {
    await route.fetch();
    await route.abort("connectionreset");
  }, { times: 1 });
  const add = async () => {
    const form = await timer.add();
    await form.fill({ Name: "Again", Start: `${date()}T08:00`, Stop: `${date()}T09:00` });
    await form.save();
    return form;
  };
  const form = await add();
  await expect(timer.message).toContainText(lost);
  await expect(timer.session("Again")).toHaveCount(1);
  await form.cancel();
  await timer.action("Delete", "Again").click();
  await expect(timer.message).toContainText("Deleted");
  await add();
  await expect(timer.message).toContainText("Added");
  await expect(timer.session("Again")).toHaveCount(1);
});

test("an answer that comes while the next view is on its way is told there", async ({ timer, page, period }) => {
  const gate = () => {
    let open = () => {};
    const opened = new Promise<void>((resolve) => (open = resolve));
    return { open, opened };
  };
  const [submit, sheet] = [gate(), gate()];
  await timer.start("Between");
  await page.route("**/rpc/submit", async (route) => {
    const answer = await route.fetch();
    await submit.opened;
    await route.fulfill({ response: answer });
  });
  await page.route("**/rpc/sheet", async (route) => {
    await sheet.opened;
    await route.continue();
  });
  await timer.stopButton.click();
  await expect(timer.startButton).toBeVisible();
  await timer.link("Week").click();
  await expect(page).toHaveURL("/week");
  const answered = page.waitForResponse("**/rpc/submit");
  submit.open();
  await answered;
  sheet.open();
  await expect(period.message).toContainText("Stopped “Between”");
  await expect(period.session("Between")).not.toContainText("now");
});
