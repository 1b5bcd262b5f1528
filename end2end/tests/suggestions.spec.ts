import { expect, test } from "../fixtures.js";
import { date, hour } from "../time.js";

test.describe("names used before", { tag: "@phone" }, () => {
  test.beforeEach(async ({ timer, account }) => {
    await account.addAgo("Review of the draft", 8 * hour, hour);
    await account.addAgo("Invoice for October", 6 * hour, hour);
    await account.addAgo("Review with Mina", 4 * hour, hour);
    await timer.open();
  });

  test("are offered as one types, most recent first", async ({ timer }) => {
    await timer.name.pressSequentially("rev");
    await expect(timer.suggestions).toHaveText(["Review with Mina", "Review of the draft"]);
  });

  test("are offered most recent first wherever it stands in them", async ({ timer, account }) => {
    await account.addAgo("Last review", 2 * hour, hour);
    await timer.name.pressSequentially("rev");
    await expect(timer.suggestions).toHaveText(["Last review", "Review with Mina", "Review of the draft"]);
  });

  test("can be picked with the arrow keys, and Enter then starts", async ({ timer }) => {
    await timer.name.pressSequentially("rev");
    await expect(timer.suggestions).toHaveCount(2);
    await timer.name.press("ArrowDown");
    await expect(timer.suggestions.first()).toHaveAttribute("aria-selected", "true");
    await timer.name.press("ArrowDown");
    await expect(timer.suggestions.last()).toHaveAttribute("aria-selected", "true");
    await timer.name.press("Enter");
    await expect(timer.name).toHaveValue("Review of the draft");
    await expect(timer.suggestions).toHaveCount(0);
    await expect(timer.startButton).toBeVisible();
    await timer.name.press("Enter");
    await expect(timer.message).toContainText("Started “Review of the draft”");
  });

  test("can be picked with the pointer", async ({ timer }) => {
    await timer.name.pressSequentially("inv");
    await expect(timer.suggestions).toHaveText(["Invoice for October"]);
    await timer.suggestions.filter({ hasText: "Invoice for October" }).click();
    await expect(timer.name).toHaveValue("Invoice for October");
  });

  test("go away with Escape, and Enter starts what was typed", async ({ timer }) => {
    await timer.name.pressSequentially("rev");
    await expect(timer.suggestions).toHaveCount(2);
    await timer.name.press("Escape");
    await expect(timer.suggestions).toHaveCount(0);
    await timer.name.press("Enter");
    await expect(timer.message).toContainText("Started “rev”");
  });

  test("are offered in the form to add a session, with what they belong to", async ({ timer }) => {
    await timer.name.fill("Plan @Acme/Website #Urgent");
    await timer.startButton.click();
    await timer.stop();
    const form = await timer.add();
    await form.field("Name").pressSequentially("pla");
    await expect(form.offers).toHaveText(["PlanAcme/Website #Urgent"]);
    await form.field("Name").press("ArrowDown");
    await form.field("Name").press("Enter");
    await expect(form.field("Name")).toHaveValue("Plan");
    await expect(form.field("Project")).toHaveValue("Acme/Website");
    await expect(form.field("Tags")).toHaveValue("Urgent");
    await expect(form.offers).toHaveCount(0);
    await form.fill({ Start: `${date()}T00:00`, Duration: "1m" });
    await form.field("Name").fill("Plan");
    await expect(form.offers).toHaveCount(1);
    await form.field("Name").press("Escape");
    await expect(form.offers).toHaveCount(0);
    await form.field("Name").press("Enter");
    await expect(timer.message).toContainText("Added “Plan”");
    await expect(timer.session("Plan").filter({ hasText: "Acme/Website" }).filter({ hasText: "#Urgent" })).toHaveCount(2);
  });

  test("are offered in the form to edit one, which tells what is understood", async ({ timer }) => {
    await timer.start("Draft");
    await timer.stop();
    const form = await timer.edit("Draft");
    await expect(form.field("Name")).toBeFocused();
    await form.field("Name").fill("rev");
    await expect(form.offers).toHaveText(["Review with Mina", "Review of the draft"]);
    await form.offers.last().click();
    await expect(form.field("Name")).toHaveValue("Review of the draft");
    await form.field("Name").pressSequentially(" #final");
    await expect(form.field("Name")).toHaveAccessibleDescription("Names it “Review of the draft” · new tag final");
    await form.field("Name").press("Enter");
    await expect(timer.session("Review of the draft").filter({ hasText: "#final" })).toBeVisible();
  });

  test("are none of another account", async ({ another, server }) => {
    const context = await another();
    const answer = await context.request.post(`${server.url}/rpc/suggest`, { data: { typed: "rev" }, headers: { Origin: server.url } });
    expect(await answer.json()).toEqual({ suggestions: [], preview: "" });
  });
});
