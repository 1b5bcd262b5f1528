import { expect, test as base } from "../fixtures.js";
import { expectAccessible, inBothThemes } from "../look.js";
import { SelectionBar } from "../pages/selection.bar.js";
import { ago, date, hour, local, minute } from "../time.js";
import type { Account } from "../account.js";

const today = date();
const names = ["One", "Two", "Three", "Four"];

/** Four sessions of today, the last one of them first in the list. */
async function fill(account: Account): Promise<void> {
  for (const [index, name] of names.entries()) await account.add(name, `${today}T0${6 + index}:00`, `${today}T0${6 + index}:30`);
}

const test = base.extend<{ bar: SelectionBar }>({
  bar: async ({ page, account, timer }, use) => {
    await fill(account);
    await timer.open();
    await use(new SelectionBar(page));
  },
});

const everywhere = { tag: ["@phone", "@plain", "@smoke"] };

test("several sessions are moved together, and come back in one step", everywhere, async ({ bar, timer }) => {
  await expect(bar.root).toBeHidden();
  await bar.tick("One", "Three");
  await expect(bar.root).toBeVisible();
  await bar.field("Project").fill("Acme/Website");
  await bar.field("Tags").fill("bug, late");
  await bar.field("Billable").selectOption("Yes");
  await bar.button("Apply").click();
  await expect(timer.message).toContainText("Changed 2 sessions.");
  await expect(bar.root).toBeHidden();
  for (const name of names) {
    const row = timer.session(name);
    if (["One", "Three"].includes(name)) await expect(row).toContainText(/Acme\/Website.*#bug.*#late/);
    else await expect(row).not.toContainText("Website");
  }
  await timer.undo();
  await expect(timer.message).toContainText("Undone: 2 sessions.");
  for (const name of names) await expect(timer.session(name)).not.toContainText("Website");
});

test("several sessions are deleted together, and come back in one step", everywhere, async ({ bar, timer }) => {
  await bar.tick("One", "Two", "Three");
  await bar.button("Delete selected").click();
  await expect(timer.message).toContainText("Deleted 3 sessions.");
  await expect(timer.sessions).toHaveCount(1);
  await expect(bar.root).toBeHidden();
  await timer.undo();
  await expect(timer.sessions).toHaveCount(4);
  await timer.reload();
  await expect(timer.sessions).toHaveCount(4);
});

test("an empty field changes nothing, and a dash takes away", { tag: "@plain" }, async ({ bar, timer }) => {
  await bar.tick("One", "Two");
  await bar.field("Project").fill("Website");
  await bar.field("Tags").fill("bug");
  await bar.button("Apply").click();
  await expect(timer.session("One")).toContainText("Website");
  await bar.tick("One", "Two");
  await expect(bar.field("Project")).toHaveValue("");
  await bar.field("Tags").fill("-, late");
  await bar.button("Apply").click();
  await expect(timer.session("Two")).toContainText(/Website.*#late/);
  await expect(timer.session("Two")).not.toContainText("#bug");
  await bar.tick("One");
  await bar.field("Project").fill("-");
  await bar.button("Apply").click();
  await expect(timer.message).toContainText("Changed 1 session.");
  await expect(timer.session("One")).not.toContainText("Website");
  await expect(timer.session("Two")).toContainText("Website");
});

test("what is refused stays typed and selected", everywhere, async ({ bar, timer, guard, scripted }) => {
  guard.allowRefusals();
  await bar.tick("Two", "Four");
  await bar.field("Project").fill("Website");
  await bar.field("Tags").fill("x".repeat(101));
  await bar.button("Apply").click();
  await expect(timer.message).toContainText("Tags: This name has more than 100 characters.");
  // With scripts the message says which field is meant.
  if (!scripted) await expect(bar.field("Tags")).toHaveAttribute("aria-invalid", "true");
  await expect(bar.field("Project")).toHaveValue("Website");
  for (const name of ["Two", "Four"]) await expect(bar.box(name)).toBeChecked();
  await bar.field("Tags").fill("short");
  await bar.button("Apply").click();
  await expect(timer.message).toContainText("Changed 2 sessions.");
  await expect(timer.session("Four")).toContainText(/Website.*#short/);
  await expect(bar.root).toBeHidden();
});

test("what the page foresaw and the server refused is selected again", async ({ bar, timer, guard, page }) => {
  guard.allowRefusals();
  await bar.tick("One", "Two");
  await bar.field("Billable").selectOption("Yes");
  await page.route("**/rpc/submit", (route) => route.fulfill({ status: 500, contentType: "application/json", body: '"Internal"' }), { times: 1 });
  await bar.button("Apply").click();
  await expect(timer.message).not.toContainText("Changed");
  await expect(bar.field("Billable")).toHaveValue("yes");
  for (const name of ["One", "Two"]) await expect(bar.box(name)).toBeChecked();
  await bar.button("Apply").click();
  await expect(timer.message).toContainText("Changed 2 sessions.");
});

test("a selection is cleared by its button", everywhere, async ({ bar }) => {
  await bar.tick("One", "Two");
  await bar.button("Clear selection").click();
  await expect(bar.root).toBeHidden();
  await expect(bar.box("One")).not.toBeChecked();
});

test("the keys select, extend and clear", async ({ bar, timer, page }) => {
  await timer.action("Edit", "Four").focus();
  await page.keyboard.press("x");
  await expect(bar.box("Four")).toBeChecked();
  await expect(bar.root).toContainText("1 selected");
  await timer.action("Delete", "Two").focus();
  await page.keyboard.press("Shift+X");
  await expect(bar.root).toContainText("3 selected");
  await expect(bar.box("Three")).toBeChecked();
  await page.keyboard.press("x");
  await expect(bar.root).toContainText("2 selected");
  await bar.box("Three").focus();
  await page.keyboard.press("x");
  await expect(bar.root).toContainText("1 selected");
  await page.keyboard.press("Escape");
  await expect(bar.root).toBeHidden();
});

test("letters in a field select nothing, and other keys work on a box", async ({ bar, timer, page }) => {
  await bar.tick("One");
  await bar.field("Tags").pressSequentially("xx");
  await expect(bar.field("Tags")).toHaveValue("xx");
  await expect(bar.root).toContainText("1 selected");
  await page.keyboard.press("Escape");
  await expect(bar.root).toBeVisible();
  await timer.action("Edit", "Two").click();
  await timer.editForm("Two").field("Name").pressSequentially("x");
  await expect(bar.root).toContainText("1 selected");
  await bar.box("One").focus();
  await page.keyboard.press("n");
  await expect(timer.name).toBeFocused();
});

test("a click with Shift selects all in between", async ({ bar }) => {
  await bar.box("One").click();
  await bar.box("Four").click({ modifiers: ["Shift"] });
  await expect(bar.root).toContainText("4 selected");
  await bar.box("Three").click({ modifiers: ["Shift"] });
  await expect(bar.root).toContainText("2 selected");
});

test("the count follows what becomes of the rows", async ({ bar, timer }) => {
  await bar.tick("One", "Two");
  await timer.press("Delete", "One");
  await expect(bar.root).toContainText("1 selected");
});

test("Enter in a field applies, and only what is selected", { tag: "@plain" }, async ({ bar, timer }) => {
  await bar.tick("Two");
  await bar.field("Tags").fill("quick");
  await bar.field("Tags").press("Enter");
  await expect(timer.message).toContainText("Changed 1 session.");
  await expect(timer.session("Two")).toContainText("#quick");
});

test("a session that crosses midnight counts once", async ({ account, period, page }) => {
  await account.settle();
  await account.add("Night", "2026-11-10T22:00", "2026-11-11T02:00");
  await period.visit("/week/2026-W46");
  const bar = new SelectionBar(page);
  await expect(bar.box("Night")).toHaveCount(2);
  for (const box of await bar.box("Night").all()) await box.check();
  await expect(bar.root).toContainText("1 selected");
  await bar.button("Delete selected").click();
  await expect(period.message).toContainText("Deleted 1 session.");
});

for (const address of ["/day", "/week", "/month"]) {
  test(`sessions are selected on ${address}, too`, { tag: "@plain" }, async ({ account, period, page }) => {
    await account.settle();
    await fill(account);
    await period.visit(address);
    const bar = new SelectionBar(page);
    await bar.tick("One", "Four");
    await bar.button("Delete selected").click();
    await expect(period.message).toContainText("Deleted 2 sessions.");
    await expect(page).toHaveURL(new RegExp(`${address.slice(0, 3)}`));
    await expect(period.sessions).toHaveCount(2);
  });
}

test.describe("with the bar open", { tag: "@phone" }, () => {
  test("axe finds nothing, nothing is too wide, and fingers can press all of it", async ({ bar, page, isMobile }) => {
    await bar.tick("One", "Two");
    await expectAccessible(page);
    const small = isMobile ? [bar.box("One"), ...(await bar.root.getByRole("button").all())] : [bar.box("One")];
    for (const target of small) {
      const box = await target.boundingBox();
      expect(Math.min(box!.height, box!.width)).toBeGreaterThanOrEqual(44);
    }
  });

  for (const [amount, sessions] of [["few", 3], ["many", 299]] as const) {
    test(`pictures: ${amount}`, async ({ account, timer, period, page, isMobile }) => {
      test.slow();
      for (let index = 0; index < sessions; index++) {
        const stop = ago(Math.floor(index / 10) * 24 * hour + (index % 10) * 50 * minute + 20 * minute);
        await account.add(`Work ${index}`, local(new Date(stop.getTime() - 40 * minute * 1000)), local(stop));
      }
      await timer.open();
      const picture = (screen: string) =>
        inBothThemes(page, (theme) => page.screenshot({ path: `screenshots/select-${screen}-${page.viewportSize()!.width}-${theme}-${amount}.png` }));
      await page.getByRole("button", { name: /^Edit/ }).nth(1).scrollIntoViewIfNeeded();
      if (!isMobile) await page.getByRole("button", { name: /^Edit/ }).nth(1).hover();
      await picture("none");
      const boxes = page.getByRole("checkbox", { name: /^Select/ });
      for (const index of [0, 1, 2]) await boxes.nth(index).check();
      await picture("timer");
      await period.visit("/month");
      await expect(period.sessions.first()).toBeVisible();
      for (const index of [0, 1, 2]) await boxes.nth(index).check();
      await picture("month");
    });
  }
});
