// The released program, serving an empty database for as long as something is measured.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ADDRESS = process.env.STINT_BENCH_ADDR ?? "127.0.0.1:3900";

/** The value of a variable of the environment that `make bench` sets. */
export function need(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set; run this through make bench`);
  return value;
}

/** Flags of Chromium; it refuses its sandbox to root, which is whom build agents run as. */
export function flags() {
  return ["--disable-gpu", ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])];
}

/** Serves while `measure` works with the page's address and a folder that is thrown away. */
export async function withRelease(measure) {
  const folder = mkdtempSync(join(tmpdir(), "stint-bench-"));
  const server = spawn(need("STINT_BIN"), ["serve", "--addr", ADDRESS, "--data", join(folder, "data")], {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, STINT_LOG: "warn" },
  });
  try {
    const url = `http://${ADDRESS}/`;
    await answers(server, url);
    return await measure(url, folder);
  } finally {
    server.kill("SIGTERM");
    rmSync(folder, { recursive: true, force: true });
  }
}

async function answers(server, url) {
  for (let attempt = 0; attempt < 100; attempt++) {
    if (server.exitCode !== null) throw new Error(`the server ended with ${server.exitCode}`);
    const response = await fetch(url).catch(() => null);
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`no answer from ${url} within 10 seconds`);
}

/** Prints rows of `{what, found, goal, good}`; true if all are good. */
export function report(rows) {
  for (const { what, found, goal, good } of rows) {
    console.log(`${good ? "ok  " : "FAIL"}  ${what.padEnd(22)} ${String(found).padStart(8)}  (${goal})`);
  }
  return rows.every((row) => row.good);
}
