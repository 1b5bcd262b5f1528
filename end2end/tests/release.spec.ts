import { copyFile, mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { expect, test } from "../fixtures.js";
import { Server, binary } from "../server.js";

const FOR_EVER = "public, max-age=31536000, immutable";
const FIRST_LOAD_LIMIT_BYTES = 300_000;

test("the program alone, in an empty folder, serves all that a page loads: small, and kept for ever", async () => {
  const folder = await mkdtemp(join(tmpdir(), "stint-alone-"));
  const program = join(folder, "stint");
  await copyFile(binary(), program);
  const elsewhere = join(folder, "elsewhere");
  await mkdir(elsewhere);
  const server = await Server.launch({ program, cwd: elsewhere, env: {} });

  const first = await server.ask("/", { accept: "text/html", "accept-encoding": "gzip" });
  expect(first.status).toBe(200);
  const page = gunzipSync(first.body).toString();
  let bytes = first.body.length;
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
    bytes += answer.body.length;
  }
  expect(bytes).toBeLessThan(FIRST_LOAD_LIMIT_BYTES);

  await server.close();
  expect(await readdir(elsewhere)).toEqual([]);
  expect((await readdir(folder)).sort()).toEqual(["elsewhere", "stint"]);
  await rm(folder, { recursive: true });
});
