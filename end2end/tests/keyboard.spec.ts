import { expect, test } from "../fixtures.js";
import { date, hour } from "../time.js";

test("s starts and stops", async ({ timer }) => {
  await timer.page.keyboard.press("s");
  await expect(timer.message).toContainText("Started");
  await expect(timer.stopButton).toBeVisible();
  await timer.reload();
  await timer.page.keyboard.press("s");
  await expect(timer.message).toContainText("Stopped");
});

test("n goes to the name field", async ({ timer }) => {
  await timer.page.keyboard.press("n");
  await expect(timer.name).toBeFocused();
  await timer.page.keyboard.type("Notes");
  await expect(timer.name).toHaveValue("Notes");
});

test("d, w, m and t change the view", async ({ timer, period }) => {
  for (const [key, address] of [["d", "/day"], ["w", "/week"], ["m", "/month"], ["t", "/"]] as const) {
    await timer.page.keyboard.press(key);
    await expect(timer.page).toHaveURL(address);
    await expect(timer.link(key === "t" ? "Timer" : { d: "Day", w: "Week", m: "Month" }[key])).toHaveAttribute("aria-current", "page");
  }
  await expect(timer.startButton).toBeVisible();
  await timer.page.keyboard.press("d");
  await expect(period.total).toBeVisible();
});

for (const address of ["/settings", "/help", "/projects", "/day/2026-11-20"]) {
  test(`keys change the view on ${address}, too`, async ({ period, account, page, guard }) => {
    await account.settle();
    await period.visit(address);
    await page.keyboard.press("w");
    await expect(page).toHaveURL("/week");
    // From a plain document, the week is another page, which takes its time to come to life.
    await guard.awake(page);
    await page.keyboard.press("t");
    await expect(page).toHaveURL("/");
  });
}

for (const address of ["/week", "/settings"]) {
  test(`n goes to the name field from ${address}, too`, async ({ timer, period, page, guard }) => {
    await period.visit(address);
    await page.keyboard.press("n");
    await expect(page).toHaveURL("/#name");
    await guard.awake(page);
    await expect(timer.name).toBeFocused();
  });
}

test("s starts and stops on an overview, too", async ({ account, period, page }) => {
  await account.settle();
  await period.visit("/day");
  await page.keyboard.press("s");
  await expect(period.message).toContainText("Started");
  await expect(period.session("(no name)")).toContainText("now");
  await page.keyboard.press("s");
  await expect(period.message).toContainText("Stopped");
  await expect(page).toHaveURL("/day");
});

for (const address of ["/settings", "/projects"]) {
  test(`s starts and stops on ${address}, and Control+Z takes it back`, async ({ account, timer, page, guard }) => {
    await account.settle();
    const press = async (key: string) => {
      await timer.visit(address);
      await page.keyboard.press(key);
      await expect(page).toHaveURL(/\/\?done=/);
      await guard.awake(page);
    };
    await press("s");
    await expect(timer.message).toContainText("Started");
    await press("s");
    await expect(timer.message).toContainText("Stopped");
    await press("Control+z");
    await expect(timer.message).toContainText("Undone");
    await expect(timer.stopButton).toBeVisible();
    await press("Control+Shift+z");
    await expect(timer.message).toContainText("Done again");
    await expect(timer.startButton).toBeVisible();
  });
}

test("a key is the same on a keyboard with other letters", async ({ timer, settings }) => {
  const press = (code: string, key: string) =>
    timer.page.evaluate(([code, key]) => dispatchEvent(new KeyboardEvent("keydown", { code, key })), [code, key] as const);
  await press("KeyS", "ы");
  await expect(timer.message).toContainText("Started");
  await settings.open();
  await press("KeyW", "ц");
  await expect(timer.page).toHaveURL("/week");
});

test("a capital letter means nothing, and so does a letter behind the list of keys", async ({ timer }) => {
  await timer.page.keyboard.press("Shift+S");
  await timer.page.keyboard.press("?");
  await expect(timer.page.getByRole("dialog", { name: "Keyboard" })).toBeVisible();
  await timer.page.keyboard.press("s");
  await timer.page.keyboard.press("Escape");
  await timer.page.keyboard.press("s");
  await expect(timer.message).toContainText("Started");
  await expect(timer.stopButton).toBeVisible();
  await expect(timer.sessions).toHaveCount(1);
});

test("? shows what the keys do, and closes again", async ({ timer }) => {
  const help = timer.page.getByRole("dialog", { name: "Keyboard" });
  await timer.page.keyboard.press("?");
  await expect(help).toBeVisible();
  await expect(help).toContainText("Start or stop");
  await timer.page.keyboard.press("Escape");
  await expect(help).toBeHidden();
  await timer.page.keyboard.press("?");
  await help.getByRole("button", { name: "Close" }).click();
  await expect(help).toBeHidden();
});

test("letters in a field are letters", async ({ timer, account }) => {
  await account.addAgo("Old", 3 * hour, hour);
  await timer.open();
  await timer.name.pressSequentially("dwmts?n");
  await expect(timer.name).toHaveValue("dwmts?n");
  await expect(timer.page).toHaveURL("/");
  await expect(timer.startButton).toBeVisible();
  const form = await timer.edit("Old");
  await form.field("Name").pressSequentially("s");
  await expect(timer.startButton).toBeVisible();
  await expect(timer.page.getByRole("dialog")).toBeHidden();
});

test("keys with Control belong to the browser", async ({ timer }) => {
  await timer.page.keyboard.press("Control+d");
  await timer.page.keyboard.press("Alt+d");
  await expect(timer.page).toHaveURL("/");
});

test("the whole timer can be used without a pointer", async ({ timer }) => {
  await timer.page.keyboard.press("n");
  await timer.page.keyboard.type("Hands on the keys");
  await timer.page.keyboard.press("Enter");
  await expect(timer.message).toContainText("Started “Hands on the keys”");
  await timer.action("Edit", "Hands on the keys").focus();
  await timer.page.keyboard.press("Enter");
  const form = timer.editForm("Hands on the keys");
  await expect(form.root).toBeVisible();
  await form.field("Start").fill(`${date()}T08:00`);
  await form.field("Start").press("Enter");
  await expect(timer.message).toContainText("Saved");
  await expect(timer.since).toHaveText("since 08:00");
});
