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
