import { expect, test } from "../fixtures.js";
import type { TimerPage } from "../pages/timer.page.js";
import { ago, hour, local } from "../time.js";

/** Everything a person can do to a session, and how to see that it was done and taken back. */
const deeds: Record<string, { does: (timer: TimerPage) => Promise<void>; after: string[]; before: string[] }> = {
  "a start": { does: (timer) => timer.start("New"), after: ["New", "Old"], before: ["Old"] },
  "a continue": { does: (timer) => timer.press("Continue", "Old"), after: ["Old", "Old"], before: ["Old"] },
  "a duplicate": { does: (timer) => timer.press("Duplicate", "Old"), after: ["Old", "Old"], before: ["Old"] },
  "a delete": { does: (timer) => timer.press("Delete", "Old"), after: [], before: ["Old"] },
  "an edit": {
    does: async (timer) => {
      const form = await timer.edit("Old");
      await form.fill({ Name: "Edited" });
      await form.save();
      await expect(timer.message).toContainText("Saved");
    },
    after: ["Edited"],
    before: ["Old"],
  },
  "an added session": {
    does: async (timer) => {
      const form = await timer.add();
      await form.fill({ Name: "Added", Start: local(ago(5 * hour)), Stop: local(ago(4 * hour)) });
      await form.save();
      await expect(timer.message).toContainText("Added");
    },
    after: ["Old", "Added"],
    before: ["Old"],
  },
};

test.describe("undo", { tag: "@plain" }, () => {
  test.beforeEach(async ({ timer, account }) => {
    await account.addAgo("Old", 3 * hour, hour);
    await timer.open();
  });

  for (const [what, deed] of Object.entries(deeds)) {
    test(`takes back ${what}, and redo does it again`, async ({ timer }) => {
      await deed.does(timer);
      await expectNames(timer, deed.after);
      await timer.undo();
      await expectNames(timer, deed.before);
      await timer.redo();
      await expectNames(timer, deed.after);
    });
  }

  test("takes back a stop: the session runs on from its start", { tag: "@phone" }, async ({ timer, account }) => {
    await account.run("Stopped too early", hour);
    await timer.open();
    await timer.stop();
    await timer.undo();
    await expect(timer.stopButton).toBeVisible();
    await expect(timer.elapsed).toHaveText(/^1:00:\d\d$/);
  });

  test("takes back a rename", async ({ timer }) => {
    await timer.start("Right");
    await timer.rename("Wrong");
    await timer.undo();
    await expect(timer.session("Right")).toBeVisible();
    await expect(timer.name).toHaveValue("Right");
  });

  test("restores the session that a start had stopped", async ({ timer }) => {
    await timer.start("First");
    await timer.press("Continue", "Old");
    await timer.undo();
    await expect(timer.session("First")).toContainText("now");
    await expect(timer.session("Old")).toHaveCount(1);
  });

  test("is refused with a reason when the session was changed since", async ({ timer, account, guard }) => {
    guard.allowRefusals();
    const id = await account.addAgo("Contested", 6 * hour, hour);
    await timer.open();
    const form = await timer.edit("Contested");
    await form.fill({ Name: "Edited" });
    await form.save();
    await expect(timer.message).toContainText("Saved");
    await account.send({ intent: "edit", session: id, name: "Contested again", start: local(ago(6 * hour)), stop: local(ago(hour)) });
    await timer.message.getByRole("button", { name: "Undo" }).click();
    await expect(timer.message).toContainText("the session was changed again since");
    await timer.open();
    await expect(timer.session("Contested again")).toBeVisible();
  });
});

test.describe("with the keyboard", () => {
  for (const [undo, redo] of [["Control+z", "Control+Shift+z"], ["Meta+z", "Meta+Shift+z"], ["Control+z", "Control+y"]] as const) {
    test(`${undo} takes back and ${redo} does it again`, async ({ timer, account }) => {
      await account.addAgo("Old", 3 * hour, hour);
      await timer.open();
      await timer.press("Delete", "Old");
      await timer.page.keyboard.press(undo);
      await expect(timer.message).toContainText("Undone");
      await expectNames(timer, ["Old"]);
      await timer.page.keyboard.press(redo);
      await expect(timer.message).toContainText("Done again");
      await expectNames(timer, []);
    });
  }

  test("repeated, it goes back step by step", async ({ timer, account }) => {
    await account.addAgo("One", 5 * hour, hour);
    await account.addAgo("Two", 3 * hour, hour);
    await timer.open();
    await timer.page.keyboard.press("Control+z");
    await expectNames(timer, ["One"]);
    await timer.page.keyboard.press("Control+z");
    await expectNames(timer, []);
    await timer.page.keyboard.press("Control+Shift+z");
    await expectNames(timer, ["One"]);
    await timer.page.keyboard.press("Control+Shift+z");
    await expectNames(timer, ["Two", "One"]);
  });

  test("in a field it takes back typing, not tracking", async ({ timer, account }) => {
    await account.addAgo("Old", 3 * hour, hour);
    await timer.open();
    await timer.name.pressSequentially("abc");
    await timer.page.keyboard.press("Control+z");
    await expect(timer.name).not.toHaveValue("abc");
    await expectNames(timer, ["Old"]);
  });
});

async function expectNames(timer: TimerPage, names: string[]): Promise<void> {
  await expect(timer.sessions).toHaveCount(names.length);
  for (const name of names) await expect(timer.session(name)).toHaveCount(names.filter((other) => other === name).length);
}
