import { type Locator } from "@playwright/test";
import { seconds } from "../time.js";
import { SheetPage } from "./sheet.page.js";

/** A day, a week, a month, or a rolling window. */
export class PeriodPage extends SheetPage {
  /** The total at the top. */
  get total(): Locator {
    return this.page.getByRole("region", { name: "Total" }).first();
  }

  /** The strip that a day is drawn on; it says in words what it shows. */
  get strip(): Locator {
    return this.page.getByRole("img", { name: / tracked| session/ });
  }

  /** A day's bar in a week, or its field in a month: a link that says how long the day was. */
  drawn(day: string): Locator {
    return this.page.getByRole("link", { name: new RegExp(`^${day}: `) });
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
