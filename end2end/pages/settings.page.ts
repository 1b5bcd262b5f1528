import { expect, type Locator } from "@playwright/test";
import { SheetPage } from "./sheet.page.js";

export type Choice = "Week starts on" | "Time of day" | "Theme" | "Durations" | "A new day starts at";

export class SettingsPage extends SheetPage {
  async open(): Promise<void> {
    await this.visit("/settings");
  }

  get zone(): Locator {
    return this.page.getByLabel("Time zone");
  }

  choice(choice: Choice): Locator {
    return this.page.getByLabel(choice);
  }

  async save(): Promise<void> {
    await this.page.getByRole("button", { name: "Save" }).click();
  }

  /** Chooses by the text of the option, saves, and waits until it is saved. */
  async choose(choice: Choice, option: string): Promise<void> {
    await this.choice(choice).selectOption({ label: option });
    await this.saved();
  }

  async chooseZone(zone: string): Promise<void> {
    await this.zone.fill(zone);
    await this.saved();
  }

  private async saved(): Promise<void> {
    await this.save();
    await expect(this.message).toHaveText("Settings saved.");
  }
}
