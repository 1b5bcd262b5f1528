import { Account } from "../account.js";
import { expect, test } from "../fixtures.js";
import { TimerPage } from "../pages/timer.page.js";
import { ago, clock, date, local, minute } from "../time.js";

const zones = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Africa/Cairo"];

for (const zone of zones) {
  test.describe(zone, () => {
    test.use({ timezoneId: zone });

    test("a new guest's times are of the browser's zone", async ({ page, guard, scripted, settings, period }) => {
      const timer = new TimerPage(page, guard, scripted);
      await timer.open();
      const before = clock(new Date(), zone);
      await timer.start("Where am I?");
      const after = clock(new Date(), zone);
      await expect(timer.since).toHaveText(new RegExp(`since (${before}|${after})`));
      // Where the session is drawn on the day, in percent of it.
      const place = async () => {
        const drawing = await page.getByRole("img", { name: /in 1 session/ }).innerHTML();
        return Number(/class="strip-session[^"]*" x="([\d.]+)%"/.exec(drawing)?.[1]);
      };
      const placed = await place();
      await timer.reload();
      expect(await place()).toBeCloseTo(placed, 1);
      await expect(timer.since).toHaveText(new RegExp(`since (${before}|${after})`));
      await settings.open();
      await expect(settings.zone).toHaveValue(spelled(zone));
      await period.visit("/day");
      await period.link("Today").click();
      await expect(page).toHaveURL(`/day/${date(0, zone)}`);
    });

    test("a typed time is a time there", async ({ context, server, period }) => {
      const account = new Account(context.request, server.url, zone);
      await account.settle();
      await period.visit("/day/2026-07-01");
      const form = await period.add();
      await form.fill({ Name: "Local", Start: "2026-07-01T09:00", Stop: "2026-07-01T10:30" });
      await form.save();
      await expect(period.session("Local")).toContainText("09:00 – 10:30");
      const edit = await period.edit("Local");
      await expect(edit.field("Start")).toHaveValue(/^2026-07-01T09:00/);
      await expect(edit.field("Stop")).toHaveValue(/^2026-07-01T10:30/);
    });
  });
}

test.describe("an account that began without JavaScript", () => {
  test.use({ timezoneId: "Asia/Kathmandu" });

  test("takes over the browser's zone as soon as it is known", async ({ context, server, page, guard, scripted, settings }) => {
    // A plain form knows no zone; the account is shown in UTC until a script says more.
    const account = new Account(context.request, server.url, "");
    await account.send({ intent: "start", name: "Plain" });
    const timer = new TimerPage(page, guard, scripted);
    await timer.open();
    await expect(timer.since).toHaveText(new RegExp(`since (${clock(ago(0), "Asia/Kathmandu")}|${clock(ago(minute), "Asia/Kathmandu")})`));
    await expect(timer.session("Plain")).toContainText(new RegExp(`${clock(ago(0), "Asia/Kathmandu")}|${clock(ago(minute), "Asia/Kathmandu")}`));
    await settings.open();
    await expect(settings.zone).toHaveValue(spelled("Asia/Kathmandu"));
  });
});

test("a browser in another zone than the account shows the account's times", async ({ another, timer, context, guard, scripted }) => {
  await timer.start("Travelling");
  const since = await timer.since.innerText();
  const device = await another({ storageState: await context.storageState(), timezoneId: "America/New_York" });
  const other = new TimerPage(await device.newPage(), guard, scripted);
  await other.open();
  await expect(other.since).toHaveText(since);
  const form = await other.edit("Travelling");
  await expect(form.field("Start")).toHaveValue(new RegExp(`^${local(ago(0)).slice(0, 10)}`));
});

/** Chromium knows Kathmandu by its old name only. */
function spelled(zone: string): RegExp {
  return new RegExp(`^${zone.replace("Kathmandu", "Kath?mandu")}$`);
}
