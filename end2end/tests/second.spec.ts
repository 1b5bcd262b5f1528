import { URI, type TOTP } from "otpauth";
import { expect, test } from "../fixtures.js";
import { expectAccessible } from "../look.js";
import { AccountPage, password, someone } from "../pages/account.page.js";
import { scan } from "../qr.js";

const halfMinute = 30_000;

test("an app that scans the picture signs in with its codes, each of them once", { tag: ["@phone", "@plain", "@smoke"] }, async ({ page, another, guard, scripted }) => {
  guard.allowRefusals();
  const look = async (picture: string) => scripted && expectAccessible(page, picture);
  const username = someone();
  const form = new AccountPage(page);
  await form.register(username);
  await form.open("/account");
  const part = form.part("Authenticator app");
  await part.getByLabel("Your password").fill(password);
  await part.getByRole("button", { name: "Turn on" }).click();
  const app = URI.parse(await scan(page.getByRole("img", { name: "QR code" }), await another({ javaScriptEnabled: true }))) as TOTP;
  expect([app.issuer, app.label]).toEqual(["Stint", username]);
  await expect(form.field("Key")).toHaveText(app.secret.base32);
  await look("second-factor");

  await form.field("Code of the app").fill("no code");
  await form.press("Turn on");
  await expect(form.field("Code of the app")).toHaveAccessibleDescription(/wrong/);
  await look("second-factor-refused");
  const [now, soon] = [0, halfMinute].map((ahead) => app.generate({ timestamp: Date.now() + ahead }));
  await form.field("Code of the app").fill(now!);
  await form.press("Turn on");
  await expect(form.part("Authenticator app")).toContainText("On: signing in takes a code");
  await look("account-second-factor");

  await form.open("/settings");
  await form.press("Sign out");
  await form.signIn(username);
  const code = form.field("Code of the app, or a recovery code");
  await expect(code).toHaveAccessibleDescription(/code/);
  await look("sign-in-code");
  const tries = async (typed: string) => {
    await form.field("Password").fill(password);
    await code.fill(typed);
    await form.press("Sign in");
  };
  await tries(now!);
  await expect(code).toHaveAccessibleDescription(/wrong/);
  await tries(soon!);
  await expect(page.getByRole("navigation", { name: "Views" })).toBeVisible();
  await form.open("/account");
  await expect(page.getByRole("textbox", { name: "User name" })).toHaveValue(username);
});
