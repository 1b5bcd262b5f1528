import { execFileSync } from "node:child_process";
import { mkdtemp, rm, rmdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A small file system in memory, which can be full. */
export class Disk {
  private constructor(readonly folder: string) {}

  /** Mounts one, where that is permitted. Where `CI` is set, it has to be. */
  static async mount(size: string): Promise<Disk | undefined> {
    const folder = await mkdtemp(join(tmpdir(), "stint-disk-"));
    try {
      execFileSync("mount", ["-t", "tmpfs", "-o", `size=${size}`, "tmpfs", folder], { stdio: "pipe" });
    } catch (error) {
      await rmdir(folder);
      if (process.env.CI) throw error;
      return undefined;
    }
    return new Disk(folder);
  }

  /** Takes what room there is. */
  async fill(): Promise<void> {
    const write = writeFile(this.#ballast, Buffer.alloc(64 * 1024 * 1024));
    await write.catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "ENOSPC") throw error;
    });
  }

  async makeRoom(): Promise<void> {
    await rm(this.#ballast, { force: true });
  }

  async unmount(): Promise<void> {
    execFileSync("umount", ["-l", this.folder]);
    await rmdir(this.folder);
  }

  get #ballast(): string {
    return join(this.folder, "ballast");
  }
}
