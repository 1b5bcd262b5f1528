import { expect, test } from "../fixtures.js";
import { ago, date, hour, local, minute } from "../time.js";

const today = date();

test.describe("adding by hand", { tag: ["@phone", "@plain"] }, () => {
  test("takes a start and a stop", { tag: "@smoke" }, async ({ timer }) => {
    const form = await timer.add();
    await form.fill({ Name: "Forgot to track", Start: `${today}T09:00`, Stop: `${today}T10:30` });
    await form.save();
    await expect(timer.message).toContainText("Added “Forgot to track”");
    await expect(timer.session("Forgot to track")).toContainText("09:00 – 10:30");
    await expect(timer.session("Forgot to track")).toContainText("1:30:00");
  });

  for (const [typed, shown] of [["1:30", "1:30:00"], ["90m", "1:30:00"], ["1h 30m", "1:30:00"], ["1.5h", "1:30:00"], ["0:00:45", "0:00:45"]] as const) {
    test(`takes a start and the duration ${typed}`, async ({ timer }) => {
      const form = await timer.add();
      await form.fill({ Name: "By length", Start: `${today}T09:00`, Duration: typed });
      await form.save();
      await expect(timer.session("By length")).toContainText("09:00 – ");
      await expect(timer.session("By length")).toContainText(shown);
    });
  }

  test("takes a stop and a duration", async ({ timer }) => {
    const form = await timer.add();
    await form.fill({ Name: "Until ten", Stop: `${today}T10:00`, Duration: "2h" });
    await form.save();
    await expect(timer.session("Until ten")).toContainText("08:00 – 10:00");
  });

  test("on another day, shows it there", async ({ timer, period }) => {
    const form = await timer.add();
    const other = date(-40);
    await form.fill({ Name: "Long ago", Start: `${other}T09:00`, Stop: `${other}T10:00` });
    await form.save();
    await expect(timer.message).toContainText("Added “Long ago”");
    await expect(timer.session("Long ago")).toBeHidden();
    await period.visit(`/day/${other}`);
    await expect(period.session("Long ago")).toContainText("09:00 – 10:00");
  });
});

test.describe("a refused form keeps what was typed, with the reason beside the field:", { tag: ["@phone", "@plain"] }, () => {
  test.beforeEach(({ guard }) => guard.allowRefusals());

  test("a stop before the start", { tag: "@smoke" }, async ({ timer }) => {
    const form = await timer.add();
    await form.fill({ Name: "Backwards", Start: `${today}T10:00`, Stop: `${today}T09:00` });
    await form.save();
    await expect(form.field("Stop")).toHaveAccessibleDescription("The stop lies before the start.");
    await expect(form.field("Stop")).toHaveAttribute("aria-invalid", "true");
    await expect(form.field("Name")).toHaveValue("Backwards");
    await expect(form.field("Start")).toHaveValue(new RegExp(`^${today}T10:00`));
    await expect(timer.message).toContainText("The stop lies before the start.");
    await form.fill({ Stop: `${today}T11:00` });
    await form.save();
    await expect(timer.session("Backwards")).toContainText("1:00:00");
    await expect(form.root).toBeHidden();
  });

  test("a duration nobody can read", async ({ timer }) => {
    const form = await timer.add();
    await form.fill({ Name: "How long?", Start: `${today}T10:00`, Duration: "a while" });
    await form.save();
    await expect(form.field("Duration")).toHaveAccessibleDescription(/Write a duration like 1:30/);
    await expect(form.field("Duration")).toHaveValue("a while");
    await expect(form.field("Name")).toHaveValue("How long?");
  });

  test("three that do not agree", async ({ timer }) => {
    const form = await timer.add();
    await form.fill({ Start: `${today}T09:00`, Stop: `${today}T10:00`, Duration: "2h" });
    await form.save();
    await expect(form.field("Duration")).toHaveAccessibleDescription(/do not agree/);
  });

  test("nothing at all", async ({ timer }) => {
    const form = await timer.add();
    await form.save();
    await expect(form.field("Start")).toHaveAccessibleDescription(/Give a start/);
  });

  test("an edit that ends before it begins", async ({ timer, account }) => {
    await account.addAgo("Sound", 3 * hour, hour);
    await timer.open();
    const form = await timer.edit("Sound");
    await form.fill({ Name: "Unsound", Stop: local(ago(4 * hour)) });
    await form.save();
    await expect(form.field("Stop")).toHaveAccessibleDescription("The stop lies before the start.");
    await expect(form.field("Name")).toHaveValue("Unsound");
  });

  test("a start in the future of a session that runs", async ({ timer, account }) => {
    await account.run("Eager", 10 * minute);
    await timer.open();
    const form = await timer.edit("Eager");
    await form.fill({ Start: local(ago(-2 * hour)) });
    await form.save();
    await expect(timer.message).toContainText("This lies in the future.");
    await expect(form.field("Start")).not.toHaveValue("");
    await timer.open();
    await expect(timer.elapsed).toHaveText(/^0:10:\d\d$/);
  });
});

test.describe("sessions that share time", { tag: ["@phone", "@plain"] }, () => {
  test.beforeEach(async ({ timer, account }) => {
    await account.add("Long", `${today}T08:00`, `${today}T10:00`);
    await account.add("Inner", `${today}T09:00`, `${today}T09:30`);
    await timer.open();
  });

  test("are marked, not changed", async ({ timer }) => {
    await expect(timer.session("Long")).toContainText("Overlaps “Inner”");
    await expect(timer.session("Inner")).toContainText("Overlaps “Long”");
    await expect(timer.todayTotal).toHaveText("2:30:00");
  });

  test("can both be kept", async ({ timer }) => {
    await timer.session("Inner").getByRole("button", { name: "Keep both" }).click();
    await expect(timer.message).toContainText("Kept “Inner” as it is.");
    await expect(timer.today).not.toContainText("Overlaps");
    await timer.reload();
    await expect(timer.today).not.toContainText("Overlaps");
    await expect(timer.todayTotal).toHaveText("2:30:00");
  });

  test("can be trimmed around one of them", async ({ timer }) => {
    await timer.session("Inner").getByRole("button", { name: "Trim the other" }).click();
    await expect(timer.message).toContainText("Trimmed “Long”");
    await expect(timer.today).not.toContainText("Overlaps");
    await expect(timer.session("Long")).toHaveCount(2);
    await expect(timer.todayTotal).toHaveText("2:00:00");
    await timer.undo();
    await expect(timer.session("Long")).toHaveCount(1);
    await expect(timer.todayTotal).toHaveText("2:30:00");
  });

  test("touching is not sharing", async ({ timer, account }) => {
    await account.add("Next", `${today}T10:00`, `${today}T11:00`);
    await timer.open();
    await expect(timer.session("Next")).not.toContainText("Overlaps");
  });
});
