import type { Account } from "../account.js";
import { expect, test } from "../fixtures.js";
import { expectAccessible } from "../look.js";
import { hour, minute } from "../time.js";

async function track(account: Account): Promise<void> {
  await account.settle();
  for (const began of [3, 2, 1]) await account.addAgo("Mail @Acme/Web #office", began * hour, 10 * minute);
  await account.addAgo("Once", 4 * hour, minute);
}

test.describe("what is started often", { tag: ["@phone", "@plain"] }, () => {
  test.beforeEach(async ({ account, period }) => {
    await track(account);
    await period.visit("/");
  });

  test("is started again with one press, with all that belongs to it", async ({ period, page }) => {
    const favourites = page.getByRole("form", { name: "Favourites" });
    await expect(favourites.getByRole("button", { name: /^Pin/ })).toHaveCount(1);
    await favourites.getByRole("button", { name: /^Mail/ }).click();
    await expect(period.message).toContainText("Started “Mail”");
    await period.reload();
    const row = period.session("Mail").first();
    await expect(row).toContainText("now");
    await expect(row).toContainText("Acme/Web");
    await expect(row).toContainText("#office");
  });

  test("stays when it is pinned, until it is unpinned", async ({ period, page, account }) => {
    const favourites = page.getByRole("form", { name: "Favourites" });
    await favourites.getByRole("button", { name: "Pin Mail" }).click();
    await expect(favourites.getByRole("button", { name: "Unpin Mail" })).toBeVisible();
    // Another one is pinned from its history, however seldom it was.
    const once = await account.addAgo("Seldom", 5 * hour, minute);
    await period.visit(`/session/${once}`);
    await page.getByRole("button", { name: "Pin to the timer" }).click();
    await expect(page).toHaveURL("/");
    await favourites.getByRole("button", { name: "Unpin Mail" }).click();
    await expect(favourites.getByRole("button", { name: "Pin Mail", exact: true })).toBeVisible();
    await expect(favourites.getByRole("button", { name: "Unpin Seldom" })).toBeVisible();
  });
});

test("a pin leaves what is being typed alone, and the focus where it was", async ({ account, period, timer, page }) => {
  await track(account);
  await period.visit("/");
  await timer.name.fill("half a thought");
  const favourites = page.getByRole("form", { name: "Favourites" });
  await favourites.getByRole("button", { name: "Pin Mail" }).click();
  await expect(favourites.getByRole("button", { name: "Unpin Mail" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(favourites.getByRole("button", { name: "Pin Mail", exact: true })).toBeFocused();
  await expect(timer.name).toHaveValue("half a thought");
  await page.reload();
  await expect(favourites.getByRole("button", { name: "Pin Mail", exact: true })).toBeVisible();
});

test("axe finds nothing, and fingers can press all of it", { tag: "@phone" }, async ({ account, period, page, isMobile }) => {
  await track(account);
  await period.visit("/");
  await expectAccessible(page, "favourites");
  for (const button of await page.getByRole("form", { name: "Favourites" }).getByRole("button").all()) {
    const { height, width } = (await button.boundingBox())!;
    expect(Math.min(height, width)).toBeGreaterThanOrEqual(isMobile ? 44 : 32);
  }
});

test("nothing is offered to somebody new", async ({ period, page }) => {
  await period.visit("/");
  await expect(page.getByRole("form", { name: "Favourites" })).toHaveCount(0);
});
