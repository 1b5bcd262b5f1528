import type { Account } from "../account.js";
import { Disk } from "../disk.js";
import { expect, test as base } from "../fixtures.js";
import { Server } from "../server.js";
import { date, hour } from "../time.js";

/** A server on a disk of its own; no test runs where none can be mounted. */
const test = base.extend<object, { disk: Disk; server: Server }>({
  disk: [
    async ({}, use) => {
      const disk = await Disk.mount("3m");
      base.skip(!disk, "a file system cannot be mounted here (it takes root)");
      await use(disk!);
      await disk!.unmount();
    },
    { scope: "worker" },
  ],
  server: [
    async ({ disk }, use) => {
      const server = await Server.launch({ within: disk.folder });
      await use(server);
      await disk.makeRoom();
      await server.close();
    },
    { scope: "worker" },
  ],
});

const noRoom = "There is no room left on the server";

/** Leaves room for nothing, not even in what the database has already. */
async function fill(disk: Disk, account: Account): Promise<void> {
  await disk.fill();
  const long = { intent: "add", name: "x".repeat(480), start: `${date()}T01:00`, stop: `${date()}T02:00` };
  while ((await account.send(long)).ok);
}

test("a full disk is told, what was typed stays, and all goes on once there is room", { tag: ["@phone", "@plain"] }, async ({ timer, account, disk, guard }) => {
  guard.allow(/status of 507/);
  await account.addAgo("Before", 3 * hour, hour);
  await timer.open();
  await fill(disk, account);
  try {
    await timer.name.fill("Typed in vain");
    await timer.startButton.click();
    await expect(timer.message).toContainText(noRoom);
    await expect(timer.name).toHaveValue("Typed in vain");
  } finally {
    await disk.makeRoom();
  }
  await timer.startButton.click();
  await expect(timer.message).toContainText("Started “Typed in vain”");
  await timer.reload();
  await expect(timer.stopButton).toBeVisible();
  await expect(timer.session("Typed in vain")).toHaveCount(1);
  await expect(timer.session("Before")).toHaveCount(1);
});
