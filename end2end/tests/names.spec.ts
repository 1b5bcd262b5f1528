import { expect, test } from "../fixtures.js";
import { date } from "../time.js";

const names = {
  markup: `<img src=x onerror="document.title='run'"><script>document.title='run'</script>`,
  "a closing script tag": "</script><script>alert(1)</script>",
  "an attribute's end": `" onmouseover="alert(1)`,
  "entities": "&lt;b&gt; &amp; &#60;",
  emoji: "👩‍👩‍👧‍👦 family 🏳️‍🌈 flag 👍🏽",
  Arabic: "مراجعة التقرير 2026",
  Hebrew: "דוח חודשי (טיוטה)",
  "a direction override": "invoice\u202Efdp.exe",
  "combining marks": "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G",
  "one long word": "x".repeat(500),
};

test.describe("a name with", { tag: ["@phone", "@plain"] }, () => {
  for (const [what, name] of Object.entries(names)) {
    test(`${what} is shown as it was typed`, async ({ timer, period, history, page }) => {
      await timer.start(name);
      await expect(timer.session(name).getByText(name, { exact: true })).toBeVisible();
      await expect(timer.name).toHaveValue(name);
      await timer.reload();
      await expect(timer.session(name).getByText(name, { exact: true })).toBeVisible();
      await expect(page).not.toHaveTitle("run");
      await period.visit("/week");
      await expect(period.session(name).first()).toBeVisible();
      const form = await period.edit(name);
      await expect(form.field("Name")).toHaveValue(name);
      await form.root.getByRole("link", { name: "History" }).click();
      await expect(history.heading).toContainText(name);
      await expect(history.entries).toHaveCount(1);
      // Nothing may be wider than the screen.
      expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
    });
  }

  test("spaces around it loses them", async ({ timer }) => {
    await timer.name.fill("   spacious   ");
    await timer.name.press("Enter");
    await expect(timer.session("spacious")).toBeVisible();
  });
});

test("the name field takes 500 characters and no more", { tag: "@plain" }, async ({ timer }) => {
  await timer.name.fill("");
  await timer.name.pressSequentially("y".repeat(20));
  await expect(timer.name).toHaveAttribute("maxlength", "500");
});

test("a name that is too long is refused with a reason", { tag: "@plain" }, async ({ timer, guard }) => {
  guard.allowRefusals();
  const form = await timer.add();
  await form.fill({ Name: "z".repeat(501), Start: `${date()}T08:00`, Duration: "1h" });
  await form.save();
  await expect(form.field("Name")).toHaveAccessibleDescription("A name has at most 500 characters.");
  await expect(form.field("Name")).toHaveValue("z".repeat(501));
});
