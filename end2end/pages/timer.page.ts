import { expect, type Locator } from "@playwright/test";
import { SheetPage } from "./sheet.page.js";

/** The timer, and today. */
export class TimerPage extends SheetPage {
  async open(): Promise<void> {
    await this.visit("/");
  }

  get name(): Locator {
    return this.page.getByRole("textbox", { name: "What are you working on?" });
  }

  get startButton(): Locator {
    return this.page.getByRole("button", { name: "Start", exact: true });
  }

  get stopButton(): Locator {
    return this.page.getByRole("button", { name: "Stop", exact: true });
  }

  get elapsed(): Locator {
    return this.page.getByRole("timer", { name: "Elapsed" });
  }

  get today(): Locator {
    return this.page.getByRole("region", { name: "Today" });
  }

  protected override get lists(): Locator {
    return this.today;
  }

  get todayTotal(): Locator {
    return this.today.getByRole("region", { name: "Total" });
  }

  sum(name: "This week" | "This month"): Locator {
    return this.page.getByRole("region", { name });
  }

  get suggestions(): Locator {
    return this.page.getByRole("listbox", { name: "Earlier names" }).getByRole("option");
  }

  /** The button that tells when the running session began, and opens its form. */
  get since(): Locator {
    return this.page.getByRole("button", { name: /^since / });
  }

  /** Starts a session, and waits until the server has it. */
  async start(name = ""): Promise<void> {
    await this.name.fill(name);
    await this.startButton.click();
    await expect(this.message).toContainText(quoted("Started", name || "(no name)"));
  }

  /** Stops the running session, and waits until the server has it. */
  async stop(): Promise<void> {
    await this.stopButton.click();
    await expect(this.message).toContainText("Stopped");
  }

  /** Renames the running session with Enter. */
  async rename(name: string): Promise<void> {
    await this.name.fill(name);
    await this.name.press("Enter");
    await expect(this.message).toContainText(`Renamed to “${name}”`);
  }
}

/** A name in a message; one that runs from right to left is set apart by invisible marks. */
function quoted(verb: string, name: string): RegExp {
  return new RegExp(`${verb} “\\u2068?${name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}\\u2069?”`);
}
