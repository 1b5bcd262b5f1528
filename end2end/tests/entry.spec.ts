import { expect, test } from "../fixtures.js";
import type { TimerPage } from "../pages/timer.page.js";

/** Starts a session with what it belongs to. */
async function begin(timer: TimerPage, name: string, marks: string): Promise<void> {
  await timer.name.fill(`${name} ${marks}`);
  await timer.startButton.click();
  await expect(timer.message).toContainText(`Started “${name}”`);
}

test.describe("a line that says what is worked on", { tag: ["@phone", "@plain"] }, () => {
  test("puts a session in a project, with tags", async ({ timer }) => {
    await timer.name.fill("fix login @acme/web #bug !");
    await timer.startButton.click();
    await expect(timer.message).toContainText("Started “fix login”");
    const row = timer.session("fix login");
    await expect(row).toContainText("acme/web");
    await expect(row).toContainText("#bug");
    await expect(row).toContainText("Billable");
    await expect(timer.name).toHaveValue("fix login");
  });

  test("saves what is over", async ({ timer }) => {
    await timer.name.fill("9:30-11 design @acme");
    await timer.startButton.click();
    await expect(timer.message).toContainText("Added “design”");
    await expect(timer.session("design")).toContainText("1:30:00");
    await expect(timer.name).toHaveValue("");
    await expect(timer.startButton).toBeVisible();
  });

  test("keeps a mark that is meant as it stands", async ({ timer }) => {
    await timer.name.fill("ticket \\#123");
    await timer.startButton.click();
    await expect(timer.message).toContainText("Started “ticket #123”");
    await timer.stopButton.click();
    await expect(timer.message).toContainText("Stopped “ticket #123”");
  });
});

test.describe("while a line is typed", () => {
  test("it is told what will be understood", async ({ timer }) => {
    await timer.name.pressSequentially("9:30-11 design @acme #draft");
    await expect(timer.name).toHaveAccessibleDescription(/^Saves “design”.*new project acme.*new tag draft$/);
    await timer.name.press("Enter");
    await expect(timer.session("design")).toBeVisible();
    await timer.name.fill("");
    await timer.name.pressSequentially("more @acme #draft !");
    await expect(timer.name).toHaveAccessibleDescription("Starts “more” · project acme · tag draft · billable");
  });

  test("projects and tags are completed", async ({ timer }) => {
    await begin(timer, "one", "@Acme/Website #Urgent");
    await timer.stop();
    await timer.name.pressSequentially("two @web");
    await expect(timer.suggestions).toHaveText([/Acme\/Website/]);
    await timer.name.press("ArrowDown");
    await timer.name.press("Enter");
    await expect(timer.name).toHaveValue("two @Acme/Website ");
    await timer.name.pressSequentially("#u");
    await expect(timer.suggestions).toHaveText([/#Urgent/]);
    await timer.name.press("ArrowDown");
    await timer.name.press("Enter");
    await timer.startButton.click();
    await expect(timer.session("two")).toContainText("Acme/Website");
    await expect(timer.session("two")).toContainText("#Urgent");
  });

  test("an earlier session is offered with what it belongs to", async ({ timer }) => {
    await begin(timer, "write", "@Book #draft !");
    await timer.stop();
    await timer.name.pressSequentially("wri");
    await timer.suggestions.first().click();
    await expect(timer.name).toHaveValue("write @Book #draft !");
  });
});

test("a mark typed while something runs is taken once", async ({ timer }) => {
  await timer.start("fix");
  await timer.name.fill("fix !");
  await timer.name.blur();
  await expect(timer.name).toHaveValue("fix");
  await timer.stop();
  await expect(timer.session("fix")).toContainText("Billable");
});

test("a mark typed right before Stop is taken once", async ({ timer }) => {
  await timer.start("fix");
  await timer.name.fill("fix !");
  await timer.stop();
  await expect(timer.session("fix")).toContainText("Billable");
});

test("a line for what runs comes back when it cannot be sent", async ({ timer, guard, context }) => {
  guard.allowLostConnection();
  await timer.start("fix");
  await context.setOffline(true);
  await expect.poll(() => timer.page.evaluate(() => navigator.onLine)).toBe(false);
  await timer.name.fill("fix !");
  await timer.name.blur();
  await expect(timer.message).toContainText("cannot be reached");
  await expect(timer.name).toHaveValue("fix !");
  await context.setOffline(false);
});

test("the form of a session changes project, tags and billable", { tag: ["@phone", "@plain"] }, async ({ timer }) => {
  await begin(timer, "plan", "@Acme");
  await timer.stop();
  const form = await timer.edit("plan");
  await form.fill({ Project: "Globex/App", Tags: "idea, later" });
  await form.field("Billable").check();
  await form.save();
  const row = timer.session("plan");
  await expect(row).toContainText("Globex/App");
  await expect(row).toContainText("#later");
  await expect(row).toContainText("Billable");
  await timer.undo();
  await expect(timer.session("plan")).toContainText("Acme");
  await expect(timer.session("plan")).not.toContainText("#later");
});
