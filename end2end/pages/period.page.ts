import { type Locator } from "@playwright/test";
import { seconds } from "../time.js";
import { SheetPage } from "./sheet.page.js";

/** A day, a week, a month, or a rolling window. */
export class PeriodPage extends SheetPage {
  /** The total at the top. */
  get total(): Locator {
    return this.page.getByRole("region", { name: "Total" }).first();
  }

  /** The picture of the period. */
  get picture(): Locator {
    return this.page.getByRole("main").getByRole("img").first();
  }

  /** The list of one day. */
  day(date: string): Locator {
    return this.page.getByRole("region", { name: date, exact: true });
  }

  /** The seconds at the end of every row, added up. */
  async sumOfRows(): Promise<number> {
    const rows = await this.sessions.allInnerTexts();
    return rows.map((row) => seconds(row.match(/\d+:\d\d:\d\d(?!.*\d+:\d\d:\d\d)/s)![0])).reduce((a, b) => a + b, 0);
  }
}
