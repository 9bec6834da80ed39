import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import { afterEach, expect, test } from "vitest";
import type { Mail } from "./mail";
import { smtp } from "./smtp";

const mail: Mail = {
  to: "ada@example.org",
  subject: "Choose a new password",
  text: "Once, within 30 minutes:\nhttps://bank.example/reset/abc",
};
const kept: Mail[] = [];
const fallback = async (one: Mail) => void kept.push(one);
const servers: SMTPServer[] = [];

afterEach(async () => {
  kept.length = 0;
  await Promise.all(servers.splice(0).map((server) => new Promise<void>((done) => server.close(() => done()))));
});

/** A mail server on loopback: answers each message as it is told, in order, the last answer for ever. */
async function mailServer(answers: readonly (Error | null)[]) {
  const received: { from: string | false; to: string[]; text: string }[] = [];
  let at = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData(stream, session, callback) {
      let text = "";
      stream.on("data", (chunk) => {
        text += chunk;
      });
      stream.on("end", () => {
        const answer = answers[Math.min(at++, answers.length - 1)] ?? null;
        const { mailFrom, rcptTo } = session.envelope;
        if (!answer) received.push({ from: mailFrom ? mailFrom.address : false, to: rcptTo.map(({ address }) => address), text });
        callback(answer);
      });
    },
  });
  servers.push(server);
  await new Promise<void>((done) => void server.listen(0, "127.0.0.1", () => done()));
  const { port } = server.server.address() as AddressInfo;
  return { received, url: `smtp://127.0.0.1:${port}`, tries: () => at };
}

const refusing = (responseCode: number) => Object.assign(new Error("no"), { responseCode });
const sender = (url: string) => smtp({ url, from: "bank@bank.example", fallback, waitsMs: [1, 1] });

test("a message arrives as it was written", async () => {
  const { received, url } = await mailServer([null]);
  await sender(url)(mail);
  expect(received).toMatchObject([{ from: "bank@bank.example", to: [mail.to] }]);
  expect(received[0]?.text).toContain("Subject: Choose a new password");
  expect(received[0]?.text).toContain("https://bank.example/reset/abc");
  expect(kept).toEqual([]);
});

test("a server that is busy is asked again", async () => {
  const { received, url, tries } = await mailServer([refusing(451), refusing(451), null]);
  await sender(url)(mail);
  expect(tries()).toBe(3);
  expect(received).toHaveLength(1);
  expect(kept).toEqual([]);
});

test("what is refused for good is asked once, and put into the outbox", async () => {
  const { url, tries } = await mailServer([refusing(550)]);
  await sender(url)(mail);
  expect(tries()).toBe(1);
  expect(kept).toEqual([mail]);
});

test("where no server answers the message is put into the outbox", async () => {
  await sender("smtp://127.0.0.1:1")(mail);
  expect(kept).toEqual([mail]);
});

test("an address that carries another header or recipient reaches nobody else", async () => {
  const { received, url } = await mailServer([null]);
  await sender(url)({ ...mail, to: "ada@example.org\r\nBcc: eve@example.org" });
  expect(received.flatMap(({ to }) => to)).not.toContain("eve@example.org");
  expect(received.every(({ text }) => !/^Bcc:/im.test(text))).toBe(true);
});
