import { expect, test } from "../fixtures.js";
import { date, hour } from "../time.js";

test.describe("the history of a session", { tag: ["@phone", "@plain"] }, () => {
  test("says what changed, when, from what to what", { tag: "@smoke" }, async ({ timer, history }) => {
    const add = await timer.add();
    await add.fill({ Name: "Draft", Start: `${date()}T08:00`, Stop: `${date()}T09:00` });
    await add.save();
    await expect(timer.message).toContainText("Added");
    const edit = await timer.edit("Draft");
    await edit.fill({ Name: "Final", Stop: `${date()}T09:45` });
    await edit.save();
    await expect(timer.message).toContainText("Saved");
    await timer.undo();
    const form = await timer.edit("Draft");
    await form.root.getByRole("link", { name: "History" }).click();
    await expect(history.heading).toContainText("Draft");
    await expect(history.entries).toHaveCount(3);
    await expect(history.entries.nth(0)).toContainText("Undone");
    await expect(history.entries.nth(1)).toContainText("Edited");
    await expect(history.entries.nth(1)).toContainText("“Draft” → “Final”");
    await expect(history.entries.nth(1)).toContainText(/09:00 → .*09:45/);
    await expect(history.entries.nth(2)).toContainText("Added by hand");
    await history.link("Back to the timer").click();
    await expect(timer.startButton).toBeVisible();
  });

  test("says from which project to which it was moved", async ({ timer, history }) => {
    const add = await timer.add();
    await add.fill({ Name: "Draft", Project: "Acme/Web", Tags: "bug", Start: `${date()}T08:00`, Stop: `${date()}T09:00` });
    await add.save();
    await expect(timer.message).toContainText("Added");
    const edit = await timer.edit("Draft");
    await edit.fill({ Project: "Acme/Shop" });
    await edit.save();
    await expect(timer.message).toContainText("Saved");
    const form = await timer.edit("Draft");
    await form.root.getByRole("link", { name: "History" }).click();
    await expect(history.entries).toHaveCount(2);
    await expect(history.entries.nth(0)).toContainText("Project: Acme/Web → Acme/Shop");
    await expect(history.entries.nth(0)).not.toContainText("Tags");
    await expect(history.entries.nth(1)).toContainText("Project: Acme/Web");
    await expect(history.entries.nth(1)).toContainText("Tags: bug");
  });

  test("of a deleted session is still there", async ({ timer, account, history }) => {
    const id = await account.addAgo("Gone", 3 * hour, hour);
    await account.send({ intent: "delete", session: id });
    await history.open(id);
    await expect(history.entries.first()).toContainText("Deleted");
    await expect(history.entries.first()).toContainText("Removed “Gone”");
    await account.addAgo("Gone, too", 2 * hour, hour);
    await timer.open();
    await timer.press("Delete", "Gone, too");
    await timer.message.getByRole("link", { name: "History" }).click();
    await expect(history.entries.first()).toContainText("Removed “Gone, too”");
    await timer.open();
    await expect(timer.session("Gone")).toBeHidden();
  });
});

test("nobody sees the history of somebody else's session", { tag: "@plain" }, async ({ timer, account, another, guard }) => {
  guard.allowRefusals();
  const id = await account.addAgo("Private matter", 3 * hour, hour);
  await timer.open();
  const page = await (await another()).newPage();
  const answer = await page.goto(`/session/${id}`);
  expect(answer!.status()).toBe(404);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("There is nothing here");
  await expect(page.getByText("Private matter")).toHaveCount(0);
});
