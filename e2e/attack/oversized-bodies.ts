import { gzipSync } from "node:zlib";
import type { AttackedBank } from "./attacked-bank";
import { multipart, plainForm, scriptedForm } from "./form-bodies";
import { attack, type Finding, type Part } from "./part";
import { sendRaw } from "./send-raw";
import { slowSenders } from "./slow-senders";
import { soundFields } from "./sound-fields";

/** Bodies that are too long, lie about their length, are packed or come slowly: bounded, and others are served meanwhile. */
export const oversizedBodies: Part = {
  name: "oversized and slow bodies",
  async run(bank) {
    const slow = slowSenders(bank.origin);
    const findings = [await tooLong(bank), await lyingLengths(bank), await packed(bank), await manyFields(bank)];
    return [...findings, ...(await patience(bank, slow))];
  },
};

const bytesOver = 1_200_000;

async function tooLong(bank: AttackedBank): Promise<Finding> {
  const refused = attack("more than a form holds is refused in words");
  const deposit = bank.action("deposit");
  const fields = { ...soundFields(deposit, bank.account), description: "a".repeat(bytesOver) };
  for (const make of [plainForm, scriptedForm]) {
    const { body, type } = make(deposit, Object.entries(fields));
    const headers = { origin: bank.origin, "content-type": type, ...(make === scriptedForm && { "next-action": deposit.id }) };
    const path = `/accounts/${bank.account}/deposit`;
    const told = await bank.as("holder").request({ method: "POST", path, headers, body });
    refused.expect(told.status === 413, `1.2 MB with its length → ${told.status}`);
    const cookie = [...bank.as("holder").cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const lines = Object.entries({ ...headers, cookie }).map(([name, value]) => `${name}: ${value}\r\n`);
    const head = `POST ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n${lines.join("")}\r\n`;
    const { status } = await sendRaw(bank.origin, `${head}${chunked(body)}0\r\n\r\n`);
    refused.expect(status === 413, `1.2 MB in chunks, without a length → ${status}`);
  }
  return refused.finding();
}

function chunked(body: string): string {
  const pieces = body.match(/.{1,60000}/gs) ?? [];
  return pieces.map((piece) => `${Buffer.byteLength(piece).toString(16)}\r\n${piece}\r\n`).join("");
}

async function lyingLengths(bank: AttackedBank): Promise<Finding> {
  const refused = attack("lengths that lie, and two lengths, are refused");
  const start = `POST /sign-in HTTP/1.1\r\nHost: a\r\nConnection: close\r\nOrigin: ${bank.origin}\r\nContent-Type: text/plain\r\n`;
  const lies = [
    "Content-Length: -1\r\n\r\n",
    "Content-Length: 99999999999999999999\r\n\r\n",
    "Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
    "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n",
    "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff1\r\nabc\r\n",
    "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
    "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    "Content-Length: 0x10\r\n\r\n",
    "Content-Length : 3\r\n\r\nabc",
  ];
  for (const lie of lies) {
    const { status, text } = await sendRaw(bank.origin, start + lie);
    const isHeld = (status >= 400 && status < 500) || (status === 0 && text.includes("closed")) || status === 501;
    refused.expect(isHeld || lie.includes("gzip"), `${JSON.stringify(lie.slice(0, 60))} → ${status} ${text.slice(0, 40)}`);
  }
  return refused.finding();
}

async function packed(bank: AttackedBank): Promise<Finding> {
  const kept = attack("packed bodies are not unpacked");
  const bomb = gzipSync(Buffer.alloc(200_000_000)); // 200 kB here
  for (const encoding of ["gzip", "deflate", "br", "gzip, gzip"]) {
    const { type } = multipart([]);
    const headers = { origin: bank.origin, "content-type": type, "content-encoding": encoding };
    const { status } = await bank.as("holder").request({ method: "POST", path: "/sign-in", headers, body: bomb });
    kept.expect(status >= 400 && status < 500, `a ${encoding} body of 200 MB when unpacked → ${status}`);
  }
  return kept.finding();
}

async function manyFields(bank: AttackedBank): Promise<Finding> {
  const refused = attack("many fields are refused or ignored");
  const action = bank.action("signInAction");
  for (const count of [1_000, 8_000]) {
    const fields = Array.from({ length: count }, (_, i) => [`f${i}`, ""] as const);
    for (const make of [plainForm, scriptedForm]) {
      const { body, type } = make(action, fields);
      const headers = { origin: bank.origin, "content-type": type, ...(make === scriptedForm && { "next-action": action.id }) };
      const { status } = await bank.visitor().request({ method: "POST", path: "/sign-in", headers, body });
      refused.expect(status >= 200 && status < 500 && status !== 303, `${count} fields → ${status}`);
    }
  }
  return refused.finding();
}

/** While many send slowly others are served, and the server ends the slow ones by itself. */
async function patience(bank: AttackedBank, slow: ReturnType<typeof slowSenders>): Promise<readonly Finding[]> {
  const served = attack(`others are served while ${slow.count} send slowly`);
  const ended = attack("slow senders are ended by the server");
  for (let i = 0; i < 10; i += 1) {
    const { status } = await bank.as("holder").get("/accounts");
    served.expect(status === 200, `GET /accounts beside slow senders → ${status}`);
  }
  const left = await slow.ended();
  ended.expect(left === 0, `${left} of ${slow.count} slow senders were never ended`);
  return [served.finding(), ended.finding()];
}
