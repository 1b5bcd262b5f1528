import { expect, test } from "../fixtures.js";
import { AccountPage, someone } from "../pages/account.page.js";
import { ProjectsPage } from "../pages/projects.page.js";
import { date, hour } from "../time.js";

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

test.describe("what is called", { tag: "@phone" }, () => {
  for (const what of ["markup", "a closing script tag", "an attribute's end", "a direction override", "one long word"] as const) {
    test(`something with ${what} is shown as it is, on every page`, async ({ account, page, guard }) => {
      guard.allowRefusals();
      const name = names[what].slice(0, 100).trim();
      await new AccountPage(page).register(someone());
      const projects = new ProjectsPage(page);
      await projects.add("tag", name);
      const address = await projects.create(name, name);
      const session = await account.addAgo(name, hour, hour);
      await projects.open("/account");
      await page.getByLabel("What for").fill(name);
      await projects.button("Make a token").click();
      await projects.open(`/session/${session}`);
      await page.getByRole("button", { name: /^Pin/ }).click();
      const shown: Record<string, boolean> = { "/": true, "/month": true, "/settings": false, "/rates": false, [`${address}/money`]: true };
      for (const list of ["/projects", "/clients", "/tags", "/account", address, `/session/${session}`]) shown[list] = true;
      for (const [place, tells] of Object.entries(shown)) {
        await projects.open(place);
        if (["/", "/month"].includes(place)) await guard.awake(page);
        if (tells) await expect(page.getByText(name).first()).toBeAttached();
        await expect(page).not.toHaveTitle("run");
        expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth), place).toBeLessThanOrEqual(0);
      }
    });
  }
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
