import { expect, test } from "../fixtures.js";
import { TimerPage } from "../pages/timer.page.js";

// Berlin's clocks went from 02:00 to 03:00 on 29 March 2026, and from 03:00 back to 02:00 on 25 October.
test.use({ timezoneId: "Europe/Berlin" });

test.describe("where the clocks are changed", { tag: "@plain" }, () => {
  test.beforeEach(async ({ account, guard }) => {
    guard.allowRefusals();
    await account.settle({ zone: "Europe/Berlin" });
  });

  for (const [which, times, length] of [
    ["The earlier one, 01:30", "01:30 – 04:00", "1:30:00"],
    ["The later one, 03:30", "03:30 – 04:00", "0:30:00"],
  ] as const) {
    test(`a start that does not exist is explained, and can be ${which.toLowerCase()}`, async ({ period }) => {
      await period.visit("/day/2026-03-29");
      const form = await period.add();
      await form.fill({ Name: "Spring", Start: "2026-03-29T02:30", Stop: "2026-03-29T04:00" });
      await form.save();
      await expect(form.field("Start")).toHaveAccessibleDescription(/does not exist on Sunday 29 March 2026/);
      await expect(form.field("Name")).toHaveValue("Spring");
      await form.pick("start", which);
      await form.save();
      await expect(period.session("Spring")).toContainText(times);
      await expect(period.total).toHaveText(length);
    });
  }

  for (const [which, length] of [
    ["The earlier one, 02:30 +02:00", "1:30:00"],
    ["The later one, 02:30 +01:00", "0:30:00"],
  ] as const) {
    test(`a start that exists twice is explained, and can be ${which.toLowerCase()}`, async ({ period }) => {
      await period.visit("/day/2026-10-25");
      const form = await period.add();
      await form.fill({ Name: "Autumn", Start: "2026-10-25T02:30", Stop: "2026-10-25T03:00" });
      await form.save();
      await expect(form.field("Start")).toHaveAccessibleDescription(/exists twice that day/);
      await form.pick("start", which);
      await form.save();
      await expect(period.session("Autumn")).toContainText("02:30 – 03:00");
      await expect(period.total).toHaveText(length);
    });
  }

  test("the end of a forgotten timer that exists twice can be either", async ({ account, page, guard, scripted }) => {
    const timer = new TimerPage(page, guard, scripted);
    await account.send({ intent: "start", name: "Left on", zone: "Europe/Berlin", start: "2026-10-25T01:30" });
    await timer.open();
    await timer.forgotten.getByLabel("Stop it at").fill("2026-10-25T02:30");
    await timer.forgotten.getByRole("button", { name: "End there" }).click();
    await expect(timer.forgotten.getByLabel("Stop it at")).toHaveAccessibleDescription(/exists twice that day/);
    await timer.forgotten.getByRole("group", { name: "Which stop" }).getByLabel("The later one").check();
    await timer.forgotten.getByRole("button", { name: "End there" }).click();
    await expect(timer.message).toContainText("Stopped “Left on”");
    await timer.visit("/day/2026-10-25");
    await expect(timer.page.getByRole("region", { name: "Total" }).first()).toHaveText("2:00:00");
  });

  test("a stop that exists twice can be either", async ({ period }) => {
    await period.visit("/day/2026-10-25");
    const form = await period.add();
    await form.fill({ Name: "Until half past two", Start: "2026-10-25T01:30", Stop: "2026-10-25T02:30" });
    await form.save();
    await form.pick("stop", "The later one");
    await form.save();
    await expect(period.session("Until half past two")).toContainText("2:00:00");
  });

  test("editing only the name keeps the later of two equal hours", async ({ period }) => {
    await period.visit("/day/2026-10-25");
    const form = await period.add();
    await form.fill({ Name: "Later", Start: "2026-10-25T02:30", Duration: "10m" });
    await form.save();
    await form.pick("start", "The later one");
    await form.save();
    const edit = await period.edit("Later");
    await edit.fill({ Name: "Later still" });
    await edit.save();
    await expect(period.message).toContainText("Saved “Later still”");
    await expect(period.session("Later still")).toContainText("0:10:00");
    const again = await period.edit("Later still");
    await again.fill({ Stop: "2026-10-25T03:00", Duration: "" });
    await again.save();
    await expect(period.session("Later still")).toContainText("0:30:00");
  });

  for (const [day, length] of [["2026-03-29", "23:00:00"], ["2026-10-25", "25:00:00"], ["2026-10-26", "24:00:00"]] as const) {
    test(`the whole of ${day} is ${length}`, async ({ period, account }) => {
      const next = new Date(Date.parse(`${day}T00:00Z`) + 86_400_000).toISOString().slice(0, 10);
      await account.add("All day", `${day}T00:00`, `${next}T00:00`);
      await period.visit(`/day/${day}`);
      await expect(period.total).toHaveText(length);
      await expect(period.session("All day")).toContainText(length);
      await period.visit(`/day/${next}`);
      await expect(period.total).toHaveText("0:00:00");
    });
  }
});
