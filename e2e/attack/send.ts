import http from "node:http";

export type Headers = Readonly<Record<string, string>>;
export type Request = { method?: string; path: string; headers?: Headers; body?: string | Buffer };

/** `status` 0: no answer, and `text` says why. */
export type Answer = { status: number; headers: http.IncomingHttpHeaders; text: string };

/** Against hanging only: a request that gets no answer within this long counts as unanswered. */
const answerMsMax = 60_000;
const textBytesMax = 2_000_000;

/** Sends one request as it stands, over a connection of its own, to this machine alone. */
export function send(origin: string, { method = "GET", path, headers = {}, body }: Request): Promise<Answer> {
  const { hostname, port } = new URL(origin);
  if (hostname !== "127.0.0.1") throw new Error(`an attack goes to 127.0.0.1 alone, not to ${hostname}`);
  return new Promise((resolve) => {
    const unanswered = (why: string) => resolve({ status: 0, headers: {}, text: why });
    const length = body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) };
    const options = { hostname, port, method, path, headers: { ...length, ...headers }, agent: false };
    const request = http.request(options, (response) => {
      let text = "";
      const answered = () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
      if (response.headers["content-type"]?.startsWith("text/event-stream")) {
        answered(); // a live stream has no end
        request.destroy();
        return;
      }
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        if (text.length < textBytesMax) text += chunk;
      });
      response.on("end", answered).on("error", (error) => unanswered(error.message));
    });
    request.on("error", (error) => unanswered(error.message));
    request.setTimeout(answerMsMax, () => request.destroy(new Error(`no answer within ${answerMsMax / 1_000} s`)));
    request.end(body);
  });
}
