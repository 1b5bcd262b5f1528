import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { get, type IncomingHttpHeaders } from "node:http";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const BUILDS = ["release", "debug"].map((build) => join(import.meta.dirname, "..", "target", build, "stint"));
const age = (file: string) => statSync(file).mtimeMs;

/** Which program runs, where, what its environment says, and where its data are. */
interface How {
  program: string;
  cwd: string;
  env: NodeJS.ProcessEnv;
  within: string;
}

/** A server of one test worker, on a port and a folder of data of its own. */
export class Server {
  #process: ChildProcess | undefined;
  #log = "";

  private constructor(
    private readonly port: number,
    private readonly data: string,
    private readonly how: How,
  ) {}

  /** Starts one on data that do not exist yet. */
  static async launch(other: Partial<How> = {}): Promise<Server> {
    const usual = { program: binary(), cwd: join(import.meta.dirname, ".."), env: process.env, within: tmpdir() };
    const how = { ...usual, ...other };
    const server = new Server(await freePort(), await mkdtemp(join(how.within, "stint-e2e-")), how);
    await server.start();
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Starts it on the same port and data as before, and waits until it answers. Does nothing when it runs. */
  async start(): Promise<void> {
    if (this.#process) return;
    const { program, cwd, env } = this.how;
    // Each test is somebody new, and all come from one address.
    const crowd = ["--guests-per-address", "1000000"];
    const child = spawn(program, ["serve", "--addr", `127.0.0.1:${this.port}`, "--data", this.data, ...crowd], {
      cwd,
      env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const keep = (text: Buffer) => (this.#log = (this.#log + text.toString()).slice(-20_000));
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    this.#process = child;
    while (!(await this.#answers())) {
      if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode}:\n${this.#log}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  /** Asks it to end, and insists that it ends well. */
  async stop(): Promise<void> {
    const code = await this.#end("SIGTERM");
    if (code !== 0) throw new Error(`The server ended with ${code} after SIGTERM:\n${this.#log}`);
  }

  /** Ends it as a power cut would. */
  async kill(): Promise<void> {
    await this.#end("SIGKILL");
  }

  /** Ends it, and removes its data. */
  async close(): Promise<void> {
    if (this.#process) await this.stop();
    await rm(this.data, { recursive: true });
  }

  /** What it sends for an address, as it comes over the wire. */
  ask(path: string, headers: Record<string, string>): Promise<{ status: number; headers: IncomingHttpHeaders; body: Buffer }> {
    return new Promise((resolve, reject) => {
      const asked = get(`${this.url}${path}`, { headers }, (answer) => {
        const parts: Buffer[] = [];
        answer.on("data", (part: Buffer) => parts.push(part));
        answer.on("end", () => resolve({ status: answer.statusCode!, headers: answer.headers, body: Buffer.concat(parts) }));
      });
      asked.on("error", reject);
    });
  }

  /** What it said last. */
  get log(): string {
    return this.#log;
  }

  async #answers(): Promise<boolean> {
    return fetch(`${this.url}/healthz`).then((answer) => answer.ok, () => false);
  }

  async #end(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.#process;
    if (!child) throw new Error("The server does not run.");
    this.#process = undefined;
    if (child.exitCode !== null) return child.exitCode;
    const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
    child.kill(signal);
    return ended;
  }
}

/** The program that is tested. */
export function binary(): string {
  const [newest] = BUILDS.filter(existsSync).sort((one, other) => age(other) - age(one));
  const chosen = process.env.STINT_BIN ?? newest;
  if (!chosen) throw new Error("Build the program first (cargo leptos build), or set STINT_BIN.");
  return chosen;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
