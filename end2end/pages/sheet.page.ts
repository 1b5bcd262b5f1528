import { expect, type Locator, type Page } from "@playwright/test";
import type { Guard } from "../guard.js";
import { EditForm } from "./edit.form.js";

export type Action = "Continue" | "Edit" | "Duplicate" | "Delete";

/** What every page of tracked time has: sessions in lists, the form to add one, messages. */
export class SheetPage {
  constructor(
    readonly page: Page,
    protected readonly guard: Guard,
    protected readonly scripted: boolean,
  ) {}

  /** Goes to an address, and waits until the page reacts. */
  async visit(address: string): Promise<void> {
    await this.page.goto(address);
    await this.guard.awake(this.page);
  }

  async reload(): Promise<void> {
    await this.page.reload();
    await this.guard.awake(this.page);
  }

  /** Gives the page the focus, upon which it looks for what is new. */
  async focus(): Promise<void> {
    await this.page.evaluate(() => window.dispatchEvent(new Event("focus")));
  }

  get heading(): Locator {
    return this.page.getByRole("heading", { level: 1 });
  }

  get forgotten(): Locator {
    return this.page.getByRole("complementary", { name: "Forgotten timer" });
  }

  get message(): Locator {
    return this.page.getByRole("status");
  }

  get alert(): Locator {
    return this.page.getByRole("alert");
  }

  /** What lists of sessions are in. */
  protected get lists(): Locator {
    return this.page.getByRole("main");
  }

  /** The rows of sessions, except one that is being edited. */
  get sessions(): Locator {
    return this.lists.getByRole("listitem").filter({ has: this.page.getByRole("button", { name: /^Edit / }) });
  }

  /** The row of a session, found by what its first button is called. */
  session(name: string): Locator {
    return this.sessions.filter({ has: this.page.getByRole("button", { name: `Edit ${name}`, exact: true }) });
  }

  action(action: Action, name: string): Locator {
    return this.page.getByRole("button", { name: `${action} ${name}`, exact: true });
  }

  /** Presses a row's button and waits until the server has said what it did. */
  async press(action: Exclude<Action, "Edit">, name: string): Promise<void> {
    await this.action(action, name).first().click();
    const done = { Continue: "Started", Duplicate: "Duplicated", Delete: /Deleted|Discarded/ }[action];
    // Of this one: what stood there may say the same of another.
    await expect(this.message.filter({ hasText: done })).toContainText(name);
  }

  /** Opens the form of a session. */
  async edit(name: string): Promise<EditForm> {
    await this.action("Edit", name).first().click();
    return this.editForm(name);
  }

  editForm(name: string): EditForm {
    return new EditForm(this.page.getByRole("form", { name: `Edit ${name}`, exact: true }));
  }

  /** Opens the form to add a session. */
  async add(): Promise<EditForm> {
    await this.page.getByRole("button", { name: "Add session" }).click();
    return this.addForm;
  }

  get addForm(): EditForm {
    return new EditForm(this.page.getByRole("form", { name: "Add session" }));
  }

  async undo(): Promise<void> {
    await this.message.getByRole("button", { name: "Undo" }).click();
    await expect(this.message).toContainText("Undone");
  }

  async redo(): Promise<void> {
    await this.message.getByRole("button", { name: "Redo" }).click();
    await expect(this.message).toContainText("Done again");
  }

  link(name: string): Locator {
    return this.page.getByRole("link", { name, exact: true });
  }
}
