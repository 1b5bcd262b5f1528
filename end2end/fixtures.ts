import { test as base, type BrowserContext, type BrowserContextOptions } from "@playwright/test";
import { Account } from "./account.js";
import { Guard } from "./guard.js";
import { HistoryPage } from "./pages/history.page.js";
import { PeriodPage } from "./pages/period.page.js";
import { SettingsPage } from "./pages/settings.page.js";
import { TimerPage } from "./pages/timer.page.js";
import { Server } from "./server.js";
import { SlowLine } from "./slow.js";

export { expect } from "@playwright/test";

interface Fixtures {
  /** Fails the test when something went wrong in a browser that no test asked about. */
  guard: Guard;
  /** Whether pages have JavaScript in this project. */
  scripted: boolean;
  /** The account of the test's browser, to fill it without the pages. */
  account: Account;
  /** The timer page, open, of a guest for whom it is noon. */
  timer: TimerPage;
  /** The pages of periods, not open yet. */
  period: PeriodPage;
  settings: SettingsPage;
  history: HistoryPage;
  /** Opens another browser: another device, or the same one again when given its cookies. */
  another: (options?: BrowserContextOptions) => Promise<BrowserContext>;
}

interface OfWorker {
  server: Server;
  /** The server behind a slow line, which stays up until the last page that came over it is closed. */
  line: SlowLine;
}

export const test = base.extend<Fixtures, OfWorker>({
  server: [
    async ({}, use) => {
      const server = await Server.launch();
      await use(server);
      await server.close();
    },
    { scope: "worker" },
  ],

  line: [
    async ({ server }, use) => {
      const line = await SlowLine.to(server.url);
      await use(line);
      await line.close();
    },
    { scope: "worker" },
  ],

  baseURL: async ({ server }, use) => {
    await server.start();
    await use(server.url);
  },

  scripted: async ({ javaScriptEnabled }, use) => use(javaScriptEnabled ?? true),

  guard: [
    async ({ context, scripted }, use) => {
      const guard = new Guard(scripted);
      guard.watch(context);
      await use(guard);
      await guard.finish();
    },
    { auto: true },
  ],

  account: async ({ context, server }, use) => use(new Account(context.request, server.url)),

  timer: async ({ page, account, guard, scripted }, use) => {
    await account.settle();
    const timer = new TimerPage(page, guard, scripted);
    await timer.open();
    await use(timer);
  },

  period: async ({ page, guard, scripted }, use) => use(new PeriodPage(page, guard, scripted)),
  settings: async ({ page, guard, scripted }, use) => use(new SettingsPage(page, guard, scripted)),
  history: async ({ page, guard, scripted }, use) => use(new HistoryPage(page, guard, scripted)),

  another: async ({ browser, guard }, use) => {
    const opened: BrowserContext[] = [];
    await use(async (options) => {
      const context = await browser.newContext(options);
      guard.watch(context);
      opened.push(context);
      return context;
    });
    for (const context of opened) await context.close();
  },
});
