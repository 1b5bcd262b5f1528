import { expect, test } from "../fixtures.js";
import { date, hour, seconds } from "../time.js";

test.describe("day, week and month", { tag: ["@phone", "@plain"] }, () => {
  test.beforeEach(async ({ account }) => {
    await account.settle();
    await account.add("Monday's plan", "2026-11-16T09:00", "2026-11-16T10:15:30");
    await account.add("Friday's report", "2026-11-20T09:00", "2026-11-20T11:00:01");
    await account.add("Friday's mail", "2026-11-20T13:00", "2026-11-20T13:20:02");
    await account.add("Last week", "2026-11-13T09:00", "2026-11-13T10:00");
    await account.add("Last month", "2026-10-31T09:00", "2026-10-31T10:00");
  });

  const pages = {
    "/day/2026-11-20": { title: "Friday 20 November 2026", total: "2:20:03", shows: ["Friday's report", "Friday's mail"], hides: ["Monday's plan"] },
    "/week/2026-W47": { title: "Week 47, 2026", total: "3:35:33", shows: ["Monday's plan", "Friday's mail"], hides: ["Last week"] },
    "/month/2026-11": { title: "November 2026", total: "4:35:33", shows: ["Monday's plan", "Last week"], hides: ["Last month"] },
  };
  for (const [address, { title, total, shows, hides }] of Object.entries(pages)) {
    test(`${address} shows its sessions, and a total that is their sum`, { tag: "@smoke" }, async ({ period }) => {
      await period.visit(address);
      await expect(period.heading).toHaveText(title);
      await expect(period.total).toHaveText(total);
      for (const name of shows) await expect(period.session(name)).toBeVisible();
      for (const name of hides) await expect(period.session(name)).toBeHidden();
      expect(await period.sumOfRows()).toBe(seconds(total));
    });
  }

  test("a day is drawn to scale, and says so in words", async ({ period }) => {
    await period.visit("/day/2026-11-20");
    await expect(period.strip).toHaveAccessibleName(/Friday 20 November: 2 h 20 min in 2 sessions/);
    await expect(period.strip).toBeVisible();
  });

  for (const address of ["/week/2026-W47", "/month/2026-11"]) {
    test(`${address} draws each day, as a link that tells its length`, async ({ period }) => {
      await period.visit(address);
      await expect(period.drawn("Friday 20 November")).toHaveAccessibleName(/2 h 20 min/);
      await expect(period.drawn("Monday 16 November")).toHaveAccessibleName(/1 h 15 min/);
      await period.drawn("Friday 20 November").click();
      await expect(period.heading).toHaveText("Friday 20 November 2026");
    });
  }

  test("a week's days have their own sums, newest first", async ({ period }) => {
    await period.visit("/week/2026-W47");
    await expect(period.day("Friday 20 November 2026")).toContainText("2:20:03");
    await expect(period.day("Monday 16 November 2026")).toContainText("1:15:30");
    await period.link("Monday 16 November 2026").click();
    await expect(period.heading).toHaveText("Monday 16 November 2026");
  });

  for (const [address, previous, next] of [
    ["/day/2027-01-01", "/day/2026-12-31", "/day/2027-01-02"],
    ["/week/2026-W53", "/week/2026-W52", "/week/2027-W01"],
    ["/month/2026-12", "/month/2026-11", "/month/2027-01"],
  ] as const) {
    test(`${address} leads to its neighbours and to today`, async ({ period }) => {
      await period.visit(address);
      const title = await period.heading.innerText();
      await period.link("Previous").click();
      await expect(period.page).toHaveURL(previous);
      await expect(period.heading).not.toHaveText(title);
      await period.link("Next").click();
      await expect(period.page).toHaveURL(address);
      await expect(period.heading).toHaveText(title);
      await period.link("Next").click();
      await expect(period.page).toHaveURL(next);
      await period.link("Today").click();
      await expect(period.page).toHaveURL(/\/(day\/\d|week\/\d|month\/\d)/);
      await expect(period.link("Next")).toBeVisible();
    });
  }

  test("a session can be edited, added and deleted where it is seen", { tag: "@smoke" }, async ({ period }) => {
    await period.visit("/day/2026-11-20");
    const edit = await period.edit("Friday's mail");
    await edit.fill({ Stop: "2026-11-20T14:00" });
    await edit.save();
    await expect(period.total).toHaveText("3:00:01");
    const add = await period.add();
    await add.fill({ Name: "Lunch walk", Start: "2026-11-20T12:00", Duration: "30m" });
    await add.save();
    await expect(period.total).toHaveText("3:30:01");
    await period.press("Delete", "Friday's report");
    await expect(period.total).toHaveText("1:30:00");
    await expect(period.page).toHaveURL(/\/day\/2026-11-20/);
    await period.undo();
    await expect(period.total).toHaveText("3:30:01");
  });
});

test.describe("sessions that cross a border are counted in parts", { tag: "@plain" }, () => {
  test.beforeEach(async ({ account }) => {
    await account.settle();
    await account.add("New Year's Eve", "2025-12-31T22:00", "2026-01-01T01:30");
  });

  for (const [address, total, part] of [
    ["/day/2025-12-31", "2:00:00", true],
    ["/day/2026-01-01", "1:30:00", true],
    ["/month/2025-12", "2:00:00", true],
    ["/month/2026-01", "1:30:00", true],
    ["/week/2026-W01", "3:30:00", false],
  ] as const) {
    test(`${address}: ${total}`, async ({ period }) => {
      await period.visit(address);
      await expect(period.total).toHaveText(total);
      await expect(period.session("New Year's Eve").first()).toBeVisible();
      expect(await period.sumOfRows()).toBe(seconds(total));
      if (part) await expect(period.session("New Year's Eve").first()).toContainText("part of 3:30:00");
    });
  }

  test("a session of three days is in all of them", async ({ period, account }) => {
    await account.add("Hackathon", "2026-03-02T18:00", "2026-03-04T06:00");
    for (const [day, total] of [["02", "6:00:00"], ["03", "24:00:00"], ["04", "6:00:00"]]) {
      await period.visit(`/day/2026-03-${day}`);
      await expect(period.total).toHaveText(total!);
    }
    await period.visit("/week/2026-W10");
    await expect(period.total).toHaveText("36:00:00");
  });
});

test("rolling windows hold what lies in them", { tag: "@plain" }, async ({ period, account }) => {
  await account.settle();
  await account.addAgo("Across the border", 25 * hour, 2 * hour);
  await account.addAgo("Five days ago", 5 * 24 * hour, hour);
  await account.addAgo("Three weeks ago", 21 * 24 * hour, hour);
  await period.visit("/day");
  await period.link("Last 24 hours").click();
  await expect(period.heading).toHaveText("Last 24 hours");
  await expect(period.total).toHaveText(/^(1:00:00|0:59:\d\d)$/);
  await period.link("Last 7 days").click();
  await expect(period.heading).toHaveText("Last 7 days");
  await expect(period.total).toHaveText("3:00:00");
  await period.link("Last 4 weeks").click();
  await expect(period.heading).toHaveText("Last 4 weeks");
  await expect(period.total).toHaveText("4:00:00");
});

test("the navigation leads to the current day, week and month", { tag: ["@phone", "@plain", "@smoke"] }, async ({ timer, period }) => {
  for (const [link, title] of [["Day", String(Number(date().slice(8)))], ["Week", "Week "], ["Month", date().slice(0, 4)]] as const) {
    await timer.link(link).click();
    await expect(period.heading).toContainText(title);
    await expect(timer.link(link)).toHaveAttribute("aria-current", "page");
  }
  await timer.link("Timer").click();
  await expect(timer.startButton).toBeVisible();
  await timer.link("Settings").click();
  await expect(timer.heading).toHaveText("Settings");
});
