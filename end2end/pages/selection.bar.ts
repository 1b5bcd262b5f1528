import type { Locator, Page } from "@playwright/test";

/** What selects sessions, and what can be done to all that are selected. */
export class SelectionBar {
  constructor(private readonly page: Page) {}

  get root(): Locator {
    return this.page.getByRole("form", { name: "Selected sessions" });
  }

  /** The box of a session. */
  box(name: string): Locator {
    return this.page.getByRole("checkbox", { name: `Select ${name}`, exact: true });
  }

  /** Ticks the boxes of these sessions. */
  async tick(...names: string[]): Promise<void> {
    for (const name of names) await this.box(name).check();
  }

  field(label: "Project" | "Tags" | "Billable"): Locator {
    return this.root.getByLabel(label, { exact: true });
  }

  button(name: "Apply" | "Delete selected" | "Clear selection"): Locator {
    return this.root.getByRole("button", { name });
  }
}
