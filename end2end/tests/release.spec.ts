import { copyFile, mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { expect, test } from "../fixtures.js";
import { Server, binary } from "../server.js";

const FOR_EVER = "public, max-age=31536000, immutable";
const FIRST_LOAD_LIMIT_BYTES = 300_000;

test("the program alone, in an empty folder, serves all that a page loads, to be kept for ever", async () => {
  const folder = await mkdtemp(join(tmpdir(), "stint-alone-"));
  const program = join(folder, "stint");
  await copyFile(binary(), program);
  const elsewhere = join(folder, "elsewhere");
  await mkdir(elsewhere);
  const server = await Server.launch({ program, cwd: elsewhere, env: {} });

  const first = await server.ask("/", { accept: "text/html", "accept-encoding": "gzip" });
  expect(first.status).toBe(200);
  const page = gunzipSync(first.body).toString();
  const named = new Set([...page.matchAll(/"(\/(?:pkg\/|sheet\.js)[^"]*)"/g)].map((match) => match[1]!));
  expect([...named].map((path) => path.replace(/^.*[./](\w+)(\?.*)?$/, "$1")).sort()).toEqual(["css", "js", "js", "wasm"]);
  for (const path of named) {
    const answer = await server.ask(path, { "accept-encoding": "br" });
    expect(answer.status, path).toBe(200);
    expect(answer.headers["cache-control"], path).toBe(FOR_EVER);
    if (path.startsWith("/pkg/")) {
      expect(answer.headers["content-encoding"], path).toBe("br");
      expect(brotliDecompressSync(answer.body).length, path).toBeGreaterThan(answer.body.length);
    }
  }
  await server.close();
  expect(await readdir(elsewhere)).toEqual([]);
  expect((await readdir(folder)).sort()).toEqual(["elsewhere", "stint"]);
  await rm(folder, { recursive: true });
});

test("a first visit transfers less than 300 kB, with headers and the icon", async ({ context, page, baseURL, guard }) => {
  const tools = await context.newCDPSession(page);
  await tools.send("Network.enable");
  const paths = new Map<string, string>();
  const bytes = new Map<string, number>();
  tools.on("Network.responseReceived", ({ requestId, response }) => paths.set(requestId, new URL(response.url).pathname));
  tools.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => bytes.set(paths.get(requestId)!, encodedDataLength));
  await page.goto(`${baseURL}/`);
  await guard.awake(page);
  // A browser without a window leaves it out.
  await page.evaluate(async (icon) => (await fetch(icon)).arrayBuffer(), "/favicon.svg");
  await expect.poll(() => [...bytes.keys()]).toEqual(expect.arrayContaining(["/", "/sheet.js", "/favicon.svg"]));
  expect(bytes.size).toBeGreaterThanOrEqual(6);
  const sum = [...bytes.values()].reduce((all, one) => all + one, 0);
  expect(sum, JSON.stringify([...bytes])).toBeLessThan(FIRST_LOAD_LIMIT_BYTES);
});
