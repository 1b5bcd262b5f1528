import { defineConfig } from "@playwright/test";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { noon } from "./time.js";

const desktop = { viewport: { width: 1440, height: 900 } };
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

// Looked for once: the workers read this file again, and find what was found.
process.env.STINT_BROWSER ||= execFileSync(join(import.meta.dirname, "../scripts/browser.sh"), { encoding: "utf8" }).trim();

/**
 * Where a test runs is said by its tags: `@phone` also on a phone, `@plain` also without JavaScript,
 * `@smoke` on a phone without JavaScript. On a desktop with JavaScript everything runs.
 */
export default defineConfig({
  testDir: "tests",
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: process.env.CI ? [["dot"], ["html", { open: "never" }]] : [["list"], ["html", { open: "never" }]],
  use: {
    // A trace tells the most of a failure, and makes all tests slower by a quarter.
    trace: process.env.STINT_TRACE === "on" ? "retain-on-failure" : "off",
    video: "off",
    screenshot: "only-on-failure",
    actionTimeout: 10_000,
    navigationTimeout: 15_000,
    // Whenever the tests run, it is noon where the person sits: "today" holds some hours on both sides.
    timezoneId: noon.zone,
    launchOptions: {
      executablePath: process.env.STINT_BROWSER,
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  projects: [
    { name: "desktop", use: desktop },
    { name: "phone", use: phone, grep: /@phone/ },
    { name: "desktop without JavaScript", use: { ...desktop, javaScriptEnabled: false }, grep: /@plain/ },
    { name: "phone without JavaScript", use: { ...phone, javaScriptEnabled: false }, grep: /@smoke/ },
  ],
});
