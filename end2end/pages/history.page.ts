import { type Locator } from "@playwright/test";
import { SheetPage } from "./sheet.page.js";

/** What happened to one session. */
export class HistoryPage extends SheetPage {
  async open(session: string): Promise<void> {
    await this.visit(`/session/${session}`);
  }

  /** What was done to the session, newest first. */
  get entries(): Locator {
    return this.page.getByRole("main").locator("ol > li");
  }
}
