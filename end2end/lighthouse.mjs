// Lets Lighthouse judge the timer page of a fresh server, as a mid-range phone would see it, prints
// the scores and what was loaded, and fails below the goals. STINT_BIN and STINT_BROWSER as in the tests.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const GOALS = { performance: 95, accessibility: 100, "best-practices": 100, seo: 100 };
const TRANSFER_LIMIT_BYTES = 300_000;
const ADDRESS = process.env.STINT_BENCH_ADDR ?? "127.0.0.1:3900";

const here = import.meta.dirname ?? new URL(".", import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), "stint-lighthouse-"));
const server = spawn(need("STINT_BIN"), ["serve", "--addr", ADDRESS, "--data", join(folder, "data")], {
  stdio: ["ignore", "ignore", "inherit"],
});
try {
  await answers(`http://${ADDRESS}/`);
  process.exitCode = judge(measure(`http://${ADDRESS}/`)) ? 0 : 1;
} finally {
  server.kill("SIGTERM");
  rmSync(folder, { recursive: true, force: true });
}

function need(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set; run this through make bench`);
  return value;
}

async function answers(url) {
  for (let attempt = 0; attempt < 100; attempt++) {
    if (server.exitCode !== null) throw new Error(`the server ended with ${server.exitCode}`);
    const response = await fetch(url).catch(() => null);
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`no answer from ${url} within 10 seconds`);
}

function measure(url) {
  const report = join(folder, "report.json");
  const flags = ["--headless=new", "--disable-gpu", "--no-first-run", "--disable-background-networking"];
  // Chromium refuses its sandbox to root, which is whom build agents run as.
  if (process.getuid?.() === 0) flags.push("--no-sandbox");
  execFileSync(
    join(here, "node_modules/.bin/lighthouse"),
    [url, "--quiet", "--no-enable-error-reporting", "--output=json", `--output-path=${report}`, `--chrome-flags=${flags.join(" ")}`],
    { stdio: ["ignore", "inherit", "inherit"], env: { ...process.env, CHROME_PATH: need("STINT_BROWSER") } },
  );
  return JSON.parse(readFileSync(report, "utf8"));
}

function judge(report) {
  const rows = Object.entries(GOALS).map(([category, goal]) => {
    const score = Math.round(report.categories[category].score * 100);
    return { what: category, found: score, goal: `at least ${goal}`, good: score >= goal };
  });
  const bytes = report.audits["total-byte-weight"].numericValue;
  rows.push({ what: "first load, bytes", found: bytes, goal: `under ${TRANSFER_LIMIT_BYTES}`, good: bytes < TRANSFER_LIMIT_BYTES });
  const shift = report.audits["cumulative-layout-shift"].numericValue;
  rows.push({ what: "layout shift", found: shift, goal: "none", good: shift === 0 });
  for (const { what, found, goal, good } of rows) {
    console.log(`${good ? "ok  " : "FAIL"}  ${what.padEnd(18)} ${String(found).padStart(8)}  (${goal})`);
  }
  for (const audit of Object.values(report.audits)) {
    if (audit.score === 0 && audit.scoreDisplayMode === "binary") console.log(`      ${audit.id}: ${audit.title}`);
  }
  return rows.every((row) => row.good);
}
