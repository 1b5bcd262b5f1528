import { expect, test } from "../fixtures.js";
import { ago, clock, hour, later, local, minute } from "../time.js";

test.describe("the running session", { tag: ["@phone", "@plain"] }, () => {
  test("a stopped timer becomes today's session", { tag: "@smoke" }, async ({ timer }) => {
    await timer.start("Write the report");
    await expect(timer.session("Write the report")).toContainText("now");
    await timer.stop();
    await expect(timer.session("Write the report")).toBeVisible();
    await expect(timer.session("Write the report")).not.toContainText("now");
    await expect(timer.startButton).toBeVisible();
    await expect(timer.elapsed).toHaveText("0:00:00");
  });

  test("a session needs no name", async ({ timer }) => {
    await timer.start();
    await timer.stop();
    await expect(timer.session("(no name)")).toContainText("(no name)");
  });

  test("a session is named while it runs", { tag: "@smoke" }, async ({ timer }) => {
    await timer.start();
    await timer.rename("Found a name");
    await expect(timer.session("Found a name")).toBeVisible();
    await expect(timer.stopButton).toBeVisible();
    await timer.rename("Found a better name");
    await expect(timer.session("Found a better name")).toBeVisible();
  });

  test("stopping keeps what was typed into the name field", async ({ timer }) => {
    await timer.start("First thought");
    await timer.name.fill("Second thought");
    await timer.stop();
    await expect(timer.session("Second thought")).toBeVisible();
    await expect(timer.session("First thought")).toBeHidden();
  });

  test("the start of the running session can be changed", async ({ timer, account }) => {
    const began = ago(10 * minute);
    await account.run("Late to press Start", began);
    await timer.open();
    await expect(timer.since).toHaveText(`since ${clock(began)}`);
    await timer.since.click();
    const form = timer.editForm("Late to press Start");
    await expect(form.field("Stop")).toHaveValue("");
    await form.fill({ Start: local(ago(2 * hour)) });
    await form.save();
    await expect(timer.message).toContainText("Saved “Late to press Start”");
    await expect(timer.stopButton).toBeVisible();
    await expect(timer.elapsed).toHaveText(/^2:00:\d\d$/);
  });

  test("a running session can be ended at a typed time in its form", async ({ timer, account }) => {
    const began = ago(2 * hour);
    await account.run("Left running", began);
    await timer.open();
    const form = await timer.edit("Left running");
    await form.fill({ Stop: local(later(began, hour)) });
    await form.save();
    await expect(timer.startButton).toBeVisible();
    await expect(timer.session("Left running")).toContainText("1:00:00");
  });

  test("a running session can be discarded", async ({ timer }) => {
    await timer.start("A mistake");
    await timer.press("Delete", "A mistake");
    await expect(timer.message).toContainText("Discarded “A mistake”");
    await expect(timer.session("A mistake")).toBeHidden();
    await expect(timer.startButton).toBeVisible();
    await timer.undo();
    await expect(timer.session("A mistake")).toBeVisible();
    await expect(timer.stopButton).toBeVisible();
  });

  test("Enter in the name field starts", async ({ timer }) => {
    await timer.name.fill("By keyboard");
    await timer.name.press("Enter");
    await expect(timer.message).toContainText("Started “By keyboard”");
    await expect(timer.stopButton).toBeVisible();
  });
});

test.describe("finished sessions", { tag: ["@phone", "@plain"] }, () => {
  test.beforeEach(async ({ timer, account }) => {
    await account.addAgo("Morning mail", 3 * hour, hour);
    await timer.open();
  });

  test("continuing starts another one with the same name", async ({ timer }) => {
    await timer.press("Continue", "Morning mail");
    await expect(timer.session("Morning mail")).toHaveCount(2);
    await expect(timer.session("Morning mail").first()).toContainText("now");
    await expect(timer.name).toHaveValue("Morning mail");
  });

  test("continuing while another runs stops that one at the same second", async ({ timer, account }) => {
    await account.run("Phone call", 10 * minute);
    await timer.open();
    await timer.press("Continue", "Morning mail");
    await expect(timer.message).toContainText("Started “Morning mail”, stopped “Phone call”.");
    const stopped = await timer.edit("Phone call");
    const end = await stopped.field("Stop").inputValue();
    await stopped.cancel();
    const started = await timer.edit("Morning mail");
    await expect(started.field("Start")).toHaveValue(end);
    await expect(started.field("Stop")).toHaveValue("");
  });

  test("duplicating makes a copy with the same times", async ({ timer }) => {
    await timer.press("Duplicate", "Morning mail");
    await expect(timer.session("Morning mail")).toHaveCount(2);
    await expect(timer.todayTotal).toHaveText("2:00:00");
  });

  test("editing changes the name, the start and the stop", { tag: "@smoke" }, async ({ timer }) => {
    const form = await timer.edit("Morning mail");
    const start = ago(2 * hour);
    await form.fill({ Name: "Evening mail", Start: local(start), Stop: local(later(start, 30 * minute)) });
    await form.save();
    await expect(timer.message).toContainText("Saved “Evening mail”");
    await expect(timer.session("Evening mail")).toContainText("0:30:00");
    await expect(timer.session("Morning mail")).toBeHidden();
  });

  test("saving a form without changes keeps every second", async ({ timer }) => {
    const before = await timer.session("Morning mail").innerText();
    const form = await timer.edit("Morning mail");
    await form.save();
    await expect(timer.message).toContainText("Nothing to change.");
    await expect(timer.session("Morning mail")).toHaveText(before, { useInnerText: true });
  });

  test("cancelling an edit changes nothing", async ({ timer }) => {
    const form = await timer.edit("Morning mail");
    await form.fill({ Name: "Never mind" });
    await form.cancel();
    await expect(timer.session("Morning mail")).toContainText("1:00:00");
  });

  test("a deleted session is gone", { tag: "@smoke" }, async ({ timer }) => {
    await timer.press("Delete", "Morning mail");
    await expect(timer.session("Morning mail")).toBeHidden();
    await expect(timer.todayTotal).toHaveText("0:00:00");
  });
});

test("a double click on Start makes one session", async ({ timer }) => {
  await timer.name.fill("Nervous finger");
  await timer.startButton.dblclick();
  await expect(timer.message).toContainText("Started “Nervous finger”");
  await expect(timer.stopButton).toBeVisible();
  await timer.reload();
  await expect(timer.session("Nervous finger")).toHaveCount(1);
  await expect(timer.stopButton).toBeVisible();
});

test("ten clicks in a row make one session", async ({ timer }) => {
  await timer.startButton.click({ clickCount: 10 });
  await expect(timer.message).toContainText("Started");
  await timer.reload();
  await expect(timer.sessions).toHaveCount(1);
  await expect(timer.stopButton).toBeVisible();
});

test("Enter held down makes one session", async ({ timer }) => {
  await timer.name.fill("Heavy finger");
  await timer.name.focus();
  for (let repeat = 0; repeat < 10; repeat++) await timer.page.keyboard.down("Enter");
  await timer.page.keyboard.up("Enter");
  await expect(timer.stopButton).toBeVisible();
  // Left in that very moment, the page sends the start once more; that may arrive after the next page was asked for.
  await expect(async () => {
    await timer.reload();
    await expect(timer.session("Heavy finger")).toHaveCount(1, { timeout: 500 });
  }).toPass();
  await expect(timer.stopButton).toBeVisible();
});
