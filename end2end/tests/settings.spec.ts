import { expect, test } from "../fixtures.js";
import { ago, clock, minute } from "../time.js";

test.describe("settings", { tag: ["@phone", "@plain"] }, () => {
  test.beforeEach(async ({ account }) => {
    await account.settle({ zone: "Europe/Berlin" });
    await account.add("Afternoon", "2026-11-20T15:00", "2026-11-20T16:30");
    await account.add("Sunday", "2026-11-15T10:00", "2026-11-15T11:00");
    await account.add("Night", "2026-11-20T02:00", "2026-11-20T03:00");
  });

  test("changing the zone moves no instant, only the view", { tag: "@smoke" }, async ({ settings, period }) => {
    await settings.open();
    await expect(settings.zone).toHaveValue("Europe/Berlin");
    await settings.chooseZone("Asia/Kathmandu");
    await period.visit("/day/2026-11-20");
    await expect(period.session("Afternoon")).toContainText("19:45 – 21:15");
    await expect(period.session("Afternoon")).toContainText("1:30:00");
    await settings.open();
    await settings.chooseZone("Europe/Berlin");
    await period.visit("/day/2026-11-20");
    await expect(period.session("Afternoon")).toContainText("15:00 – 16:30");
  });

  test("a zone that does not exist is refused, and stays in the field", async ({ settings, guard }) => {
    guard.allowRefusals();
    await settings.open();
    await settings.zone.fill("Europe/Atlantis");
    await settings.save();
    await expect(settings.zone).toHaveAccessibleDescription(/Choose a time zone from the list\./);
    await expect(settings.zone).toHaveValue("Europe/Atlantis");
    await settings.open();
    await expect(settings.zone).toHaveValue("Europe/Berlin");
  });

  test("the list of zones can be searched", async ({ settings }) => {
    await settings.open();
    const offered = await settings.zone.evaluate((input: HTMLInputElement) => [...input.list!.options].map((option) => option.value));
    for (const zone of ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Africa/Cairo"]) {
      expect(offered).toContain(zone);
    }
    for (const [typed, meant] of [["berlin", "Europe/Berlin"], ["new york", "America/New_York"], ["ASIA/kathmandu", "Asia/Kathmandu"]] as const) {
      await settings.chooseZone(typed);
      await expect(settings.zone).toHaveValue(meant);
    }
    expect(offered.length).toBeGreaterThan(400);
  });

  test("the week begins on the day chosen", async ({ settings, period }) => {
    await period.visit("/week/2026-W47");
    await expect(period.session("Sunday")).toBeHidden();
    await settings.open();
    await settings.choose("Week starts on", "Sunday");
    await period.visit("/week/2026-W47");
    await expect(period.session("Sunday")).toBeVisible();
    await expect(period.total).toHaveText("3:30:00");
    await period.visit("/month/2026-11");
    await expect(period.total).toHaveText("3:30:00");
  });

  test("the time of day can have 12 hours", async ({ settings, period }) => {
    await settings.open();
    await settings.choose("Time of day", "12 hours (3:30 PM)");
    await period.visit("/day/2026-11-20");
    await expect(period.session("Afternoon")).toContainText("3:00 PM – 4:30 PM");
  });

  for (const [option, total] of [["H:MM (1:30)", "2:30"], ["Decimal (1.50)", "2.50"], ["H:MM:SS (1:30:00)", "2:30:00"]] as const) {
    test(`durations can be written as ${option}`, async ({ settings, period }) => {
      await settings.open();
      await settings.choose("Durations", option);
      await period.visit("/day/2026-11-20");
      await expect(period.total).toHaveText(total);
    });
  }

  test("a day can begin later than at midnight", async ({ settings, period }) => {
    await settings.open();
    await settings.choose("A new day starts at", "04:00");
    await period.visit("/day/2026-11-20");
    await expect(period.session("Night")).toBeHidden();
    await period.visit("/day/2026-11-19");
    await expect(period.session("Night")).toBeVisible();
    await expect(period.total).toHaveText("1:00:00");
  });

  test("the theme can be chosen against the system's", async ({ settings, timer }) => {
    const paper = () => timer.page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    await timer.page.emulateMedia({ colorScheme: "light" });
    await timer.open();
    const light = await paper();
    await settings.open();
    await settings.choose("Theme", "Dark");
    await timer.open();
    expect(await paper()).not.toBe(light);
    await settings.open();
    await settings.choose("Theme", "Light");
    await timer.page.emulateMedia({ colorScheme: "dark" });
    await timer.open();
    expect(await paper()).toBe(light);
  });
});

test("the theme changes at once", async ({ settings, account }) => {
  await account.settle();
  await settings.open();
  await settings.choose("Theme", "Dark");
  await expect(settings.page.locator("html")).toHaveAttribute("data-theme", "dark");
  await settings.link("Timer").click();
  await expect(settings.page.locator("html")).toHaveAttribute("data-theme", "dark");
});

test("settings hold on all pages reached by links", async ({ settings, account, timer }) => {
  const began = ago(10 * minute);
  await account.run("Afternoon walk", began);
  await settings.open();
  await settings.choose("Time of day", "12 hours (3:30 PM)");
  await settings.link("Timer").click();
  const [hours, minutes] = clock(began).split(":").map(Number);
  await expect(timer.since).toHaveText(`since ${(hours! + 11) % 12 + 1}:${String(minutes).padStart(2, "0")} ${hours! < 12 ? "AM" : "PM"}`);
});

test("the facts about this installation are on the page", { tag: "@plain" }, async ({ settings, account }) => {
  await account.settle();
  await settings.open();
  await expect(settings.page.getByText(/Stint \d+\.\d+\.\d+ · time zone rules 20\d\d[a-z]/)).toBeVisible();
});
