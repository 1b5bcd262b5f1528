import { expect, test } from "../fixtures.js";
import { expectAccessible } from "../look.js";
import { AccountPage, someone } from "../pages/account.page.js";
import { ProjectsPage } from "../pages/projects.page.js";
import { hour, minute } from "../time.js";

test.describe("projects", { tag: ["@phone", "@plain", "@smoke"] }, () => {
  test.beforeEach(({ guard }) => guard.allowRefusals());

  test("the bar leads to projects, and an empty list teaches the first step", async ({ timer, page }) => {
    await timer.link("Projects").click();
    const projects = new ProjectsPage(page);
    await expect(projects.heading).toHaveText("Projects");
    await expect(projects.link("Projects").first()).toHaveAttribute("aria-current", "page");
    await expect(page.getByText("No projects yet")).toBeVisible();
    await expect(page.getByRole("main")).toContainText("@Acme/Website");
    await projects.link("Clients").click();
    await expect(page.getByText("No clients yet")).toBeVisible();
    await projects.link("Tags").click();
    await expect(page.getByText("No tags yet")).toBeVisible();
  });

  test("a project is made with its client, renamed, archived and taken back", async ({ page }) => {
    const projects = new ProjectsPage(page);
    const address = await projects.create("Web shop", "Acme");
    await expect(projects.heading).toHaveText("Web shop");
    await projects.open();
    await expect(projects.part("Acme").getByRole("link", { name: "Web shop" })).toBeVisible();

    await projects.open(address);
    const settings = projects.part("Settings");
    await expect(settings.getByRole("radio", { name: "Lake" })).toBeChecked();
    await settings.getByRole("textbox", { name: "Name" }).fill("Store");
    await settings.getByRole("checkbox", { name: "Billable" }).check();
    await projects.button("Save project").click();
    await expect(projects.message).toHaveText("The project was changed.");
    await expect(projects.heading).toHaveText("Store");
    await projects.button("Archive project").click();
    await projects.open();
    await expect(projects.link("Store")).toHaveCount(0);
    await projects.link("1 archived project").click();
    await projects.part("Archived").getByRole("link", { name: "Store" }).click();
    await projects.button("Take back into use").click();
    await expect(projects.message).toHaveText("The project takes time again.");

    await projects.ask(projects.part("Archive or delete"), "Delete");
    await expect(projects.part("Archive or delete")).toContainText("No session is lost");
    await projects.button("Delete Store").click();
    await expect(projects.message).toHaveText("The project was deleted. All sessions stay.");
    expect(await projects.open(address)).toBe(404);
    await expect(projects.heading).toHaveText("There is nothing here");
  });

  test("what was typed and refused stays", async ({ page }) => {
    const projects = new ProjectsPage(page);
    await projects.create("Taken", "Acme");
    await projects.create("taken", "acme", "Moss");
    const form = projects.part("New project");
    await expect(form.getByRole("textbox", { name: "Name" })).toHaveValue("taken");
    await expect(form.getByRole("textbox", { name: "Name" })).toHaveAccessibleDescription(/a project of this name already/);
    await expect(form.getByLabel("Client", { exact: true })).toHaveValue("acme");
    await expect(form.getByRole("radio", { name: "Moss" })).toBeChecked();
  });

  test("somebody is invited, accepts, sees the project, and is removed", async ({ page, another }) => {
    const [anna, ben] = [someone("anna"), someone("ben")];
    await new AccountPage(page).register(anna);
    const other = await (await another()).newPage();
    await new AccountPage(other).register(ben);
    const [here, there] = [new ProjectsPage(page), new ProjectsPage(other)];
    const address = await here.create("Together");
    await here.invite(ben);
    await expect(here.part("Invite").getByRole("listitem").filter({ hasText: ben })).toBeVisible();
    expect(await there.open(address)).toBe(404);

    await there.open();
    await expect(there.part("Invitations")).toContainText(`${anna} invites you`);
    await there.button("Accept Together").click();
    await expect(there.heading).toHaveText("Together");
    await expect(there.part("Members").getByRole("listitem").filter({ hasText: anna })).toContainText("Owner");
    await expect(there.button("Save project")).toHaveCount(0);

    await here.open(address);
    const member = await here.edit(ben);
    await member.getByRole("combobox", { name: `Role of ${ben}` }).selectOption("Manager");
    await here.button("Change role").last().click();
    await expect(here.item(ben)).toContainText("Manager");
    await here.ask(await here.edit(ben), "Remove");
    await here.button(`Remove ${ben}`).click();
    await expect(here.item(ben)).toHaveCount(0);
    expect(await there.open(address)).toBe(404);
    await there.open();
    await expect(there.link("Together")).toHaveCount(0);
  });

  test("a link brings in whoever opens it, once", async ({ page, another }) => {
    const here = new ProjectsPage(page);
    const address = await here.create("By link");
    await here.button("Make invitation link").click();
    const link = (await here.page.getByLabel("Invitation link", { exact: true }).textContent()) ?? "";
    await here.open(address);
    await expect(here.button("Withdraw Link")).toBeVisible();

    const there = new ProjectsPage(await (await another()).newPage());
    await there.open(link);
    await expect(there.heading).toHaveText("By link");
    await there.button("Accept By link").click();
    await expect(there.message).toHaveText("You are in this project now.");
    await there.ask(there.part("Members"), "Leave");
    await there.button("Leave project").click();
    await expect(there.message).toContainText("You left the project.");
    expect(await there.open(address)).toBe(404);
    const third = new ProjectsPage(await (await another()).newPage());
    expect(await third.open(link)).toBe(422);
  });

  test("tags are renamed and merged, clients renamed and deleted", async ({ account, page }) => {
    await account.settle();
    await account.addAgo("One #bug", 3 * hour, hour);
    await account.addAgo("Two #defect", 2 * hour, hour);
    const tags = new ProjectsPage(page);
    await tags.open("/tags");
    await expect(tags.item("#bug")).toContainText("1 session");
    const merge = tags.part("Merge tags");
    await merge.getByRole("combobox", { name: "Merge" }).selectOption("defect");
    await merge.getByRole("combobox", { name: "Into" }).selectOption("bug");
    await tags.button("Merge tags").click();
    await expect(tags.item("#bug")).toContainText("2 sessions");
    await expect(tags.item("#defect")).toHaveCount(0);
    const item = await tags.edit("#bug");
    await item.getByRole("textbox", { name: "Name" }).fill("error");
    await item.getByRole("button", { name: "Save" }).click();
    await expect(tags.item("#error")).toContainText("2 sessions");

    await tags.create("Shop", "Acme");
    await tags.open("/clients");
    await tags.ask(await tags.edit("Acme"), "Delete");
    await expect(tags.item("Acme")).toContainText("1 project, without a client from then on");
    await tags.button("Delete Acme").click();
    await expect(page.getByText("No clients yet")).toBeVisible();
    await tags.open();
    await expect(tags.part("No client").getByRole("link", { name: "Shop" })).toBeVisible();
  });
});

test("axe finds nothing on the pages of projects", { tag: "@phone" }, async ({ account, page, another, guard }) => {
  guard.allowRefusals();
  test.slow();
  const projects = new ProjectsPage(page);
  for (const address of ["projects", "clients", "tags"]) {
    await projects.open(`/${address}`);
    await expectAccessible(page, `${address}-empty`);
  }
  const [anna, ben] = [someone("anna"), someone("ben")];
  await account.settle();
  await new AccountPage(page).register(anna);
  await account.addAgo("Wireframes #design #review", 3 * hour, 20 * minute);
  await account.addAgo("Call #call", 2 * hour, 20 * minute);
  await projects.create("Newsletter", "", "Amber");
  await projects.create("Office", "", "Moss");
  await projects.create("Identity and a style guide of many pages for print and screen", "Nordlicht", "Plum");
  const address = await projects.create("Web shop", "Acme", "Rust");
  await projects.invite("somebody");
  await projects.button("Make invitation link").click();
  await expectAccessible(page, "invitation-link");
  const link = (await page.getByLabel("Invitation link", { exact: true }).textContent()) ?? "";

  const other = await (await another()).newPage();
  await new AccountPage(other).register(ben);
  const there = new ProjectsPage(other);
  await there.open(link);
  await there.button("Accept Web shop").click();
  for (const name of ["Mobile app", "Support"]) {
    await there.create(name, "Harbour", "Plum");
    await there.invite(anna, "Manager");
  }
  await projects.open();
  await projects.button("Accept Support").click();
  await expectAccessible(page, "project-of-another");
  await projects.open();
  await expectAccessible(page, "projects");
  await projects.open(address);
  await expectAccessible(page, "project");
  await projects.edit(ben);
  for (const [part, name] of [["Members", "Leave"], ["Archive or delete", "Delete"]] as const) {
    await projects.ask(projects.part(part), name);
  }
  await expectAccessible(page, "project-open");
  await projects.invite("not a name");
  await expectAccessible(page, "project-refused");
  for (const money of ["rates", "money"]) {
    await projects.open(money === "rates" ? "/rates" : `${address}/money`);
    await expectAccessible(page, money);
  }
  await projects.open("/clients");
  await projects.edit("Acme");
  await expectAccessible(page, "clients");
  await projects.open("/tags");
  await projects.edit("#design");
  await expectAccessible(page, "tags");
  await projects.open("/project/01890a5d-ac96-774b-bcce-b302099a8057");
  await expectAccessible(page, "project-nowhere");
  await projects.open(address);
  await projects.button("Make invitation link").click();
  const second = (await page.getByLabel("Invitation link", { exact: true }).textContent()) ?? "";
  await page.context().clearCookies();
  await projects.open(second);
  await expectAccessible(page, "invitation");
});
