import { expect, type APIRequestContext } from "@playwright/test";
import { randomBytes } from "node:crypto";
import { ago, later, local, noon } from "./time.js";

interface Sent {
  ok: boolean;
  id: string;
  text: string;
}

/** Settings as the settings page sends them. */
export interface Settings {
  zone?: string;
  week_start?: string;
  hour_format?: "24" | "12";
  theme?: "system" | "light" | "dark";
  duration_format?: "h:mm:ss" | "h:mm" | "decimal";
  day_start_hour?: string;
}

/** The account of a browser, filled without the browser: the same forms, sent by hand. */
export class Account {
  constructor(
    private readonly request: APIRequestContext,
    private readonly url: string,
    private readonly zone = noon.zone,
  ) {}

  /** Chooses settings; what is not given is as usual. A browser without an account becomes a guest. */
  async settle(settings: Settings = {}): Promise<void> {
    const usual = { zone: this.zone, week_start: "Mon", hour_format: "24", theme: "system", duration_format: "h:mm:ss", day_start_hour: "0" };
    const answer = await this.#post("settings/save", { ...usual, ...settings });
    expect(answer.ok(), await answer.text()).toBe(true);
  }

  /** Adds a session from one local time to another, and answers its id. */
  async add(name: string, start: string, stop: string): Promise<string> {
    return this.#done({ intent: "add", name, start, stop });
  }

  /** Adds a session that began so many seconds ago and took so long. */
  async addAgo(name: string, began: number, took: number): Promise<string> {
    const start = ago(began);
    return this.add(name, local(start, this.zone), local(later(start, took), this.zone));
  }

  /** Starts a session at a moment or so many seconds ago; it runs. */
  async run(name: string, began: Date | number): Promise<string> {
    const start = began instanceof Date ? began : ago(began);
    return this.#done({ intent: "start", name, start: local(start, this.zone) });
  }

  async stop(): Promise<string> {
    return this.#done({ intent: "stop" });
  }

  /** Sends a command, refused or not. */
  async send(form: Record<string, string>): Promise<Sent> {
    const id = uuid();
    const answer = await this.#post("submit", { command: id, zone: this.zone, ...form });
    return { ok: answer.ok(), id, text: await answer.text() };
  }

  async #done(form: Record<string, string>): Promise<string> {
    const sent = await this.send(form);
    expect(sent.ok, sent.text).toBe(true);
    return sent.id;
  }

  #post(endpoint: string, fields: Record<string, string>) {
    const form = Object.fromEntries(Object.entries(fields).map(([name, value]) => [`form[${name}]`, value]));
    return this.request.post(`${this.url}/rpc/${endpoint}`, { form, headers: { Origin: this.url } });
  }
}

/** A UUIDv7 of this moment. */
function uuid(): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(Date.now(), 0, 6);
  bytes[6] = (bytes[6]! & 0x0f) | 0x70;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
