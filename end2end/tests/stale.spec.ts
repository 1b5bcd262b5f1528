import { expect, test } from "../fixtures.js";
import { TimerPage } from "../pages/timer.page.js";
import { hour, minute } from "../time.js";

test("an edit of what was changed elsewhere is refused, keeps what was typed, and overwrites nothing", { tag: "@plain" }, async ({ timer, account, context, guard, scripted }) => {
  guard.allowRefusals();
  await account.addAgo("Shared", 3 * hour, hour);
  await timer.open();
  const form = await timer.edit("Shared");
  await form.fill({ Name: "Mine" });
  const other = new TimerPage(await context.newPage(), guard, scripted);
  await other.open();
  const theirs = await other.edit("Shared");
  await theirs.fill({ Name: "Theirs" });
  await theirs.save();
  await expect(other.message).toContainText("Saved");
  await form.save();
  await expect(timer.message.or(timer.alert).filter({ hasText: "This session was changed elsewhere." }).first()).toBeVisible();
  await expect(timer.page.getByRole("textbox", { name: "Name", exact: true })).toHaveValue("Mine");
  await other.reload();
  await expect(other.session("Theirs")).toHaveCount(1);
  await expect(other.session("Mine")).toHaveCount(0);
  // Who has read that, and saves once more, means it.
  await timer.page.getByRole("button", { name: "Save" }).click();
  await expect(timer.session("Mine")).toHaveCount(1);
  await expect(timer.session("Theirs")).toHaveCount(0);
});

test("a name given elsewhere is not taken back by stopping", { tag: "@plain" }, async ({ timer, account }) => {
  const session = await account.run("Unsaid", 10 * minute);
  await timer.open();
  await account.send({ intent: "rename", session, name: "Invoice" });
  await timer.stop();
  await expect(timer.session("Invoice")).toHaveCount(1);
  await expect(timer.session("Unsaid")).toHaveCount(0);
});

for (const address of ["/", "/week"]) {
  test(`what is typed on ${address} stays although its session is deleted elsewhere`, async ({ account, period }) => {
    const session = await account.addAgo("Doomed", 3 * hour, hour);
    await period.visit(address);
    const form = await period.edit("Doomed");
    await form.fill({ Name: "Half a sen" });
    await account.send({ intent: "delete", session });
    await expect(period.total).toHaveText("1:00:00");
    await period.focus();
    await expect(period.total).toHaveText("0:00:00");
    await form.field("Name").press("End");
    await period.page.keyboard.type("tence");
    await expect(form.field("Name")).toHaveValue("Half a sentence");
    await form.cancel();
    await expect(form.root).toBeHidden();
  });
}

test("what was typed for a session that is gone can be saved as a new one", { tag: "@plain" }, async ({ timer, account, guard }) => {
  guard.allowRefusals();
  const session = await account.addAgo("Doomed", 3 * hour, hour);
  await timer.open();
  const form = await timer.edit("Doomed");
  await form.fill({ Name: "Saved after all" });
  await account.send({ intent: "delete", session });
  await form.save();
  await expect(timer.addForm.alert).toContainText("Saving this adds a new one.");
  await expect(timer.addForm.field("Name")).toHaveValue("Saved after all");
  await timer.addForm.save();
  await expect(timer.session("Saved after all")).toContainText("1:00:00");
  await expect(timer.session("Doomed")).toHaveCount(0);
});
