import { expect, type BrowserContext, type Page } from "@playwright/test";

/**
 * Listens to everything that goes wrong in a browser without a test asking: whatever stands on the console
 * (violations of the content security policy among it), errors of scripts, requests that fail.
 */
export class Guard {
  readonly #problems: string[] = [];
  readonly #allowed: RegExp[] = [];
  readonly #contexts: BrowserContext[] = [];

  constructor(private readonly scripted: boolean) {
    // Without JavaScript, Chromium fetches the scripts ahead all the same, and then complains about it.
    if (!scripted) this.allow(/preloaded using link preload but not used/, /^request failed: \S+\/pkg\/\S+\.js csp$/);
  }

  watch(context: BrowserContext): void {
    this.#contexts.push(context);
    context.on("console", (message) => {
      // Chromium gives advice of its own there, at these levels.
      if (["verbose", "info"].includes(message.type())) return;
      this.#note(`console ${message.type()}: ${message.text()} (${message.location().url})`);
    });
    context.on("weberror", (error) => this.#note(`error in a script: ${error.error().stack ?? error.error().message}`));
    context.on("requestfailed", (request) => {
      const reason = request.failure()?.errorText ?? "";
      // Leaving a page ends what it was still asking for.
      if (reason !== "net::ERR_ABORTED") this.#note(`request failed: ${request.url()} ${reason}`);
    });
  }

  /** Says that a test provokes a problem. One that then does not appear is no problem. */
  allow(...expected: RegExp[]): void {
    this.#allowed.push(...expected);
  }

  /** Refused forms and missing pages are answered with an error status, which Chromium notes on the console. */
  allowRefusals(): void {
    this.allow(/console error: Failed to load resource: the server responded with a status of (4\d\d|500)/);
  }

  /** A lost connection is on the console, too. */
  allowLostConnection(): void {
    this.allow(/ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE|ERR_FAILED|ERR_SOCKET_NOT_CONNECTED/);
  }

  /** Fails when something went wrong, or a page never came to life. */
  async finish(): Promise<void> {
    const pages = this.#contexts.flatMap((context) => context.pages());
    for (const page of pages) await this.awake(page);
    expect(this.#problems.filter((problem) => !this.#allowed.some((allowed) => allowed.test(problem)))).toEqual([]);
  }

  /** Waits until the page reacts by itself, if it is one of ours and has scripts. */
  async awake(page: Page): Promise<void> {
    await page.waitForLoadState("domcontentloaded");
    if (this.scripted && page.url().startsWith("http://127.0.0.1") && (await page.evaluate(() => document.scripts.length > 0))) {
      await expect(page.locator("html"), "the page hydrates").toHaveAttribute("data-ready", "", { timeout: 15_000 });
    }
  }

  #note(problem: string): void {
    this.#problems.push(problem);
  }
}
