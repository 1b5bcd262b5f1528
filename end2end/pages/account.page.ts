import type { Locator, Page } from "@playwright/test";
import { randomBytes } from "node:crypto";

/** A user name that nobody has yet: tests share a server. */
export const someone = (name = "anna") => `${name}-${randomBytes(6).toString("hex")}`;

export const password = "correct horse battery";

/** The pages to register, sign in and look after an account. No script runs on them. */
export class AccountPage {
  readonly heading: Locator;
  readonly alert: Locator;

  constructor(readonly page: Page) {
    this.heading = page.getByRole("heading", { level: 1 });
    this.alert = page.getByRole("alert");
  }

  async open(address: string): Promise<void> {
    await this.page.goto(address);
  }

  field(label: string | RegExp): Locator {
    return this.page.getByLabel(label, { exact: typeof label === "string" });
  }

  async press(name: string): Promise<void> {
    await this.page.getByRole("button", { name, exact: true }).click();
  }

  /** Registers, which shows the recovery codes. */
  async fillRegister(username: string): Promise<void> {
    await this.open("/register");
    await this.field("User name").fill(username);
    await this.field("Password").fill(password);
    await this.press("Register");
  }

  /** Registers, and goes on to the timer; answers the recovery codes. */
  async register(username: string): Promise<string[]> {
    await this.fillRegister(username);
    const codes = await this.page.getByRole("list", { name: "Recovery codes" }).getByRole("listitem").allTextContents();
    await this.page.getByRole("link", { name: "Continue to the timer" }).click();
    return codes;
  }

  async signIn(username: string, typed = password): Promise<void> {
    await this.open("/sign-in");
    await this.field("User name").fill(username);
    await this.field("Password").fill(typed);
    await this.press("Sign in");
  }

  /** The part of a page under this heading. */
  part(name: string): Locator {
    return this.page.getByRole("region", { name, exact: true });
  }
}
