import { expect, test } from "../fixtures.js";
import { expectAccessible } from "../look.js";
import { AccountPage, password, someone } from "../pages/account.page.js";
import { scan } from "../qr.js";
import { minute } from "../time.js";

test.describe("accounts", { tag: ["@phone", "@plain", "@smoke"] }, () => {
  test.beforeEach(({ guard }) => guard.allowRefusals());

  test("a guest registers, and finds everything from another browser", async ({ account, page, another }) => {
    const username = someone();
    await account.settle();
    await account.run("Kept running", 10 * minute);
    const here = new AccountPage(page);
    expect(await here.register(username)).toHaveLength(10);
    await expect(page.getByRole("button", { name: "Stop" })).toBeVisible();

    const elsewhere = new AccountPage(await (await another()).newPage());
    await elsewhere.signIn(username);
    await expect(elsewhere.page.getByRole("listitem").filter({ hasText: "Kept running" })).toBeVisible();

    await page.goto("/settings");
    await expect(here.part("Account")).toContainText(`signed in as ${username}`);
    await expect(here.part("Devices").getByRole("listitem")).toHaveCount(2);
    await here.part("Devices").getByRole("listitem").filter({ hasNotText: "this one" }).getByRole("button").click();
    await expect(here.part("Devices").getByRole("listitem")).toHaveCount(1);
    await elsewhere.open("/");
    await expect(elsewhere.page.getByText("Kept running")).toHaveCount(0);
    await expect(elsewhere.page.getByRole("status").filter({ hasText: "This browser was signed out." })).toBeVisible();

    await page.goto("/settings");
    await here.press("Sign out");
    await expect(here.heading).toHaveText("Sign in");
  });

  test("a page whose account was signed out elsewhere says so, and gives nothing to anybody else", async ({ page, another, guard }) => {
    const username = someone();
    const here = new AccountPage(page);
    await here.register(username);
    const elsewhere = new AccountPage(await (await another()).newPage());
    await elsewhere.signIn(username);
    await guard.awake(page);
    await here.field("What are you working on?").fill("Whose is this?");
    await elsewhere.open("/settings");
    await elsewhere.press("Sign out everywhere else");
    await here.press("Start");
    await expect(page.getByRole("status").filter({ hasText: "You were signed out here" })).toBeVisible();
    await expect(here.field("What are you working on?")).toHaveValue("Whose is this?");
    await expect(page.getByRole("button", { name: "Start" })).toBeVisible();
    // Pressed again, it is meant.
    await here.press("Start");
    await expect(page.getByRole("button", { name: "Stop" })).toBeVisible();
    await elsewhere.open("/");
    await expect(elsewhere.page.getByRole("button", { name: "Start" })).toBeVisible();
  });

  test("what was typed and refused stays, but for the password", async ({ page }) => {
    const form = new AccountPage(page);
    await form.open("/register");
    await form.field("User name").fill("not a name");
    await form.field("Password").fill("password");
    await form.press("Register");
    await expect(form.field("User name")).toHaveValue("not a name");
    await expect(form.field("User name")).toHaveAccessibleDescription(/A user name has 1 to 64 letters/);
    await expect(form.field("Password")).toHaveValue("");
    await form.signIn(someone(), "no such password");
    await expect(form.alert).toHaveText("The user name or the password is wrong.");
  });

  test("sessions of a guest come along, or stay behind, as the person says", async ({ account, page, another }) => {
    const username = someone();
    await new AccountPage(await (await another()).newPage()).register(username);
    await account.settle();
    await account.addAgo("Brought along", 60 * minute, 10 * minute);
    const form = new AccountPage(page);
    await form.open("/sign-in");
    await form.field("User name").fill(username);
    await form.field("Password").fill(password);
    await form.field("Bring them along into my account").check();
    await form.press("Sign in");
    await expect(page.getByRole("listitem").filter({ hasText: "Brought along" })).toBeVisible();
  });

  test("a code links another browser, once", async ({ account, page, another }) => {
    await account.settle();
    await account.run("On both", minute);
    const here = new AccountPage(page);
    await here.open("/link");
    await here.press("Show a code");
    const code = (await here.field("Code").textContent()) ?? "";
    const seen = await scan(page.getByRole("img", { name: "QR code" }), await another({ javaScriptEnabled: true }));
    const phone = new AccountPage(await (await another()).newPage());
    await phone.open(seen);
    await expect(phone.field("Code")).toHaveValue(code.replaceAll("-", ""));
    await phone.field("Code").fill(code.toLowerCase());
    await phone.press("Link");
    await expect(phone.page.getByRole("listitem").filter({ hasText: "On both" })).toBeVisible();
    const third = new AccountPage(await (await another()).newPage());
    await third.open("/link");
    await third.field("Code").fill(code);
    await third.press("Link");
    await expect(third.field("Code")).toHaveAccessibleDescription(/wrong, was used, or is too old/);
  });

  test("an account is deleted only when that is meant", async ({ page }) => {
    const username = someone();
    const home = new AccountPage(page);
    await home.register(username);
    await home.open("/account");
    const part = home.part("Delete the account");
    await part.getByLabel("Your password").fill(password);
    await part.getByRole("button").click();
    await expect(part.getByRole("alert")).toHaveText("Tick the box if you mean it.");
    await part.getByLabel("Your password").fill(password);
    await part.getByLabel("Delete everything").check();
    await part.getByRole("button").click();
    await home.signIn(username);
    await expect(home.alert).toHaveText("The user name or the password is wrong.");
  });
});

test("axe finds nothing on the pages of accounts", { tag: "@phone" }, async ({ account, page }) => {
  test.slow();
  await account.settle();
  await account.run("Running", minute);
  const form = new AccountPage(page);
  for (const address of ["register", "sign-in", "link", "recover", "account"]) {
    await form.open(`/${address}`);
    await expectAccessible(page, address);
  }
  await form.open("/link");
  await form.press("Show a code");
  await expectAccessible(page, "link-code");
  await form.fillRegister(someone());
  await expectAccessible(page, "recovery-codes");
  await form.open("/account");
  await expectAccessible(page, "account-named");
  await page.goto("/settings");
  await expectAccessible(page, "settings-named");
});

test("axe finds nothing in the reference of the API", { tag: "@phone" }, async ({ page }) => {
  test.slow();
  await new AccountPage(page).open("/docs");
  await expectAccessible(page, "docs");
});
