import type { Page } from "@playwright/test";
import { Account } from "../account.js";
import { expect, test } from "../fixtures.js";
import { expectAccessible } from "../look.js";
import { AccountPage, someone } from "../pages/account.page.js";
import { ProjectsPage } from "../pages/projects.page.js";
import { hour, minute, seconds } from "../time.js";

interface Team {
  anna: string;
  ben: string;
  /** The project as its owner sees it, and as its member does. */
  owner: ProjectsPage;
  member: ProjectsPage;
  address: string;
}

/** Anna's project, in which Ben works now, and both have worked today. */
const team = test.extend<{ team: Team }>({
  team: async ({ account, page, another, server }, use) => {
    const named = async (page: Page, name: string) => {
      const username = someone(name);
      await new AccountPage(page).register(username);
      return username;
    };
    const anna = await named(page, "anna");
    await account.settle();
    const context = await another();
    const there = await context.newPage();
    const ben = await named(there, "ben");
    const bens = new Account(context.request, server.url);
    await bens.settle();
    const [owner, member] = [new ProjectsPage(page), new ProjectsPage(there)];
    const address = await owner.create("Together", "Acme");
    await owner.invite(ben);
    await member.open();
    await member.button("Accept Together").click();
    await bens.addAgo("Design @Together #ux", 3 * hour, hour);
    await bens.run("Review @Together #ux", 10 * minute);
    await account.addAgo("Build @Acme/Together #ux !", 2 * hour, 30 * minute);
    await use({ anna, ben, owner, member, address });
  },
});

team.describe("a team", { tag: ["@phone", "@plain"] }, () => {
  team("sees who works now, and everybody's hours side by side, which add up", async ({ team, scripted }) => {
    for (const projects of [team.owner, team.member]) {
      await projects.open(team.address);
      const hours = projects.part("Hours");
      await expect(hours.getByRole("heading", { name: "Working on it now" })).toBeVisible();
      await expect(hours.getByRole("listitem").first()).toContainText(new RegExp(`${team.ben}.*Review.*0:10:\\d\\d`));
      const sums = await hours.getByRole("row").evaluateAll((rows) => rows.slice(1).map((row) => row.lastElementChild!.textContent ?? ""));
      const [ben, anna, all] = sums.map(seconds);
      expect(anna).toBe(30 * minute);
      expect(ben! + anna!).toBe(all);
      expect(await hours.getByRole("region", { name: "Total" }).textContent()).toBe(sums[2]);
      await expect(hours.getByRole("listitem").filter({ hasText: /^#ux/ })).toContainText(sums[2]!);
      await expect(hours.getByRole("listitem").filter({ hasText: "Build" })).toContainText(team.anna);
    }
    if (scripted) await expectAccessible(team.owner.page, "team");
  });

  team("is paid by a rate that is previewed, rounded by a rule that is shown, within a budget", async ({ team, scripted }) => {
    const { owner, address } = team;
    const { page } = owner;
    const look = async (picture: string) => scripted && expectAccessible(page, picture);
    await owner.open(`${address}/money`);
    const rate = owner.part("New rate");
    await rate.getByRole("textbox", { name: "Hourly rate" }).fill("85,x");
    await rate.getByRole("button", { name: "Preview" }).click();
    await expect(rate.getByRole("textbox", { name: "Hourly rate" })).toHaveValue("85,x");
    await expect(rate.getByRole("textbox", { name: "Hourly rate" })).toHaveAttribute("aria-invalid", "true");
    await look("money-refused");
    await rate.getByRole("textbox", { name: "Hourly rate" }).fill("85.50");
    await rate.getByRole("button", { name: "Preview" }).click();
    await expect(owner.message).toContainText("1 session: nothing becomes 42.75 EUR");
    await look("rate-preview");
    await owner.button("Save").click();

    await owner.open(`${address}/money`);
    const rounding = owner.part("Rounding");
    await rounding.getByRole("combobox", { name: "Round", exact: true }).selectOption("Up");
    await rounding.getByRole("spinbutton", { name: "Minutes" }).fill("20");
    await owner.button("Save rounding").click();
    await owner.open(`${address}/money`);
    await expect(owner.part("Rounding")).toContainText("20 minutes");
    const budget = owner.part("Budget");
    await budget.getByRole("radio", { name: "Money" }).check();
    await budget.getByRole("textbox", { name: "Amount" }).fill("100");
    await owner.button("Save budget").click();
    await owner.open(`${address}/money`);
    // Half an hour, rounded up to 40 minutes.
    await expect(owner.part("Budget")).toContainText("57.00 EUR");
    await expect(owner.part("Budget")).toContainText("43.00 EUR");
    await expect(owner.part("Budget").getByRole("progressbar")).toBeVisible();
    await look("money-spent");
    // A member is shown the rule that holds, and nothing of others' money.
    await team.member.open(`${address}/money`);
    await expect(team.member.part("Rounding")).toContainText("20 minutes");
    for (const figure of ["57.00", "43.00", "100.00", "85.50"]) {
      await expect(team.member.page.getByRole("main")).not.toContainText(figure);
    }
  });

  team.beforeEach(({ guard }) => guard.allowRefusals());
});
