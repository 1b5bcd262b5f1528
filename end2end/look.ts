import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/** Looks at a page as it stands, in the light theme and in the dark one. */
export async function inBothThemes(page: Page, look: (theme: "light" | "dark") => Promise<unknown>): Promise<void> {
  for (const theme of ["dark", "light"] as const) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
    await look(theme);
  }
}

// Looks at one document at once, for no page has frames, and describes only what it finds wrong: a third of the time.
const axe = (page: Page) => new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ["violations"] });

/** Axe finds nothing on the page, in either theme, and nothing is wider than the screen; what it looks like is kept under `picture`. */
export async function expectAccessible(page: Page, picture = ""): Promise<void> {
  const { width } = page.viewportSize()!;
  await inBothThemes(page, async (theme) => {
    const { violations } = await axe(page).analyze();
    const found = violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html} ${node.failureSummary}`));
    expect(found, `${picture} ${theme}`).toEqual([]);
    const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(beyond, `${picture} ${theme}`).toBeLessThanOrEqual(0);
    if (picture) await page.screenshot({ path: `screenshots/${picture}-${width}-${theme}.png`, fullPage: true });
  });
}
