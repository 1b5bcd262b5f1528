// Lets Lighthouse judge the timer page of a fresh server, as a mid-range phone would see it, prints
// the scores and what was loaded, and fails below the goals. STINT_BIN and STINT_BROWSER as in the tests.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { flags, need, report, withRelease } from "./release.mjs";

const GOALS = { performance: 95, accessibility: 100, "best-practices": 100, seo: 100 };
const TRANSFER_LIMIT_BYTES = 300_000;
const PROGRAM = fileURLToPath(new URL("../node_modules/.bin/lighthouse", import.meta.url));

process.exitCode = judge(await withRelease(measure)) ? 0 : 1;

function measure(url, folder) {
  const file = join(folder, "report.json");
  const chrome = ["--headless=new", "--no-first-run", "--disable-background-networking", ...flags()];
  execFileSync(
    PROGRAM,
    [url, "--quiet", "--no-enable-error-reporting", "--output=json", `--output-path=${file}`, `--chrome-flags=${chrome.join(" ")}`],
    { stdio: ["ignore", "inherit", "inherit"], env: { ...process.env, CHROME_PATH: need("STINT_BROWSER") } },
  );
  return JSON.parse(readFileSync(file, "utf8"));
}

function judge({ categories, audits }) {
  const rows = Object.entries(GOALS).map(([category, goal]) => {
    const score = Math.round(categories[category].score * 100);
    return { what: category, found: score, goal: `at least ${goal}`, good: score >= goal };
  });
  const bytes = audits["total-byte-weight"].numericValue;
  rows.push({ what: "first load, bytes", found: bytes, goal: `under ${TRANSFER_LIMIT_BYTES}`, good: bytes < TRANSFER_LIMIT_BYTES });
  const shift = audits["cumulative-layout-shift"].numericValue;
  rows.push({ what: "layout shift", found: shift, goal: "none", good: shift === 0 });
  const good = report(rows);
  for (const audit of Object.values(audits)) {
    if (audit.score === 0 && audit.scoreDisplayMode === "binary") console.log(`      ${audit.id}: ${audit.title}`);
  }
  return good;
}
