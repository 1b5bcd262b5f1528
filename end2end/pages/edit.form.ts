import type { Locator } from "@playwright/test";

export type Field = "Name" | "Start" | "Stop" | "Duration" | "Project" | "Tags" | "Billable";

/** The form of one session. */
export class EditForm {
  constructor(readonly root: Locator) {}

  field(field: Field): Locator {
    return this.root.getByLabel(field, { exact: true });
  }

  /** Earlier sessions that have what is typed into the name. */
  get offers(): Locator {
    return this.root.getByRole("listbox", { name: "Earlier sessions" }).getByRole("option");
  }

  /** Types into the fields that are given; the others stay as they are. */
  async fill(fields: Partial<Record<Field, string>>): Promise<this> {
    for (const [field, text] of Object.entries(fields)) await this.field(field as Field).fill(text);
    return this;
  }

  async save(): Promise<void> {
    await this.root.getByRole("button", { name: "Save" }).click();
  }

  async cancel(): Promise<void> {
    await this.root.getByRole("link", { name: "Cancel" }).click();
  }

  /** Says which of two moments is meant where the clocks were changed. */
  async pick(field: "start" | "stop", which: `The ${"earlier" | "later"} one${string}`): Promise<void> {
    await this.root.getByRole("group", { name: `Which ${field}` }).getByRole("radio", { name: which }).check();
  }

  get alert(): Locator {
    return this.root.getByRole("alert");
  }
}
