import http from "node:http";
import type { AddressInfo } from "node:net";

/** Hands on what a server answers, and its documents in small parts, as they come over a slow line. */
export class SlowLine {
  private constructor(
    readonly url: string,
    private readonly proxy: http.Server,
  ) {}

  static async to(server: string): Promise<SlowLine> {
    const proxy = http.createServer((request, response) => {
      const headers = { ...request.headers, "accept-encoding": "identity" };
      // A connection of its own each: one that was kept may be closed by the server the moment it is used again.
      const how = { method: request.method, headers, agent: false };
      const asked = http.request(new URL(request.url!, server), how, (answer) => {
        const isDocument = answer.headers["content-type"]?.startsWith("text/html");
        response.writeHead(answer.statusCode!, answer.headers);
        if (isDocument) void inParts(answer, response);
        else answer.pipe(response);
      });
      // Whoever leaves the page wants no answer.
      response.on("close", () => asked.destroy());
      asked.on("error", () => response.destroy());
      request.pipe(asked);
    });
    await new Promise<void>((listening) => proxy.listen(0, "127.0.0.1", listening));
    return new SlowLine(`http://127.0.0.1:${(proxy.address() as AddressInfo).port}`, proxy);
  }

  async close(): Promise<void> {
    this.proxy.closeAllConnections();
    await new Promise((closed) => this.proxy.close(closed));
  }
}

/** Long enough for a frame to be painted, which is what the parts are for. */
const frame = 20;
const part = 400;

/** Cut before tags: a word that comes in two grows, which is no fault of the page. */
async function inParts(from: http.IncomingMessage, to: http.ServerResponse): Promise<void> {
  const whole = Buffer.concat(await from.toArray());
  for (let start = 0, end; start < whole.length && !to.destroyed; start = end) {
    const tag = whole.indexOf("<", start + part);
    end = tag < 0 ? whole.length : tag;
    to.write(whole.subarray(start, end));
    await new Promise((painted) => setTimeout(painted, frame));
  }
  to.end();
}
