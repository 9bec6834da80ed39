import { gzipSync } from "node:zlib";
import type { AttackedBank } from "./attacked-bank";
import { multipart, plainForm, scriptedForm } from "./form-bodies";
import { attack, type Finding, type Part } from "./part";
import { sendRaw } from "./send-raw";
import { soundFields } from "./sound-fields";

/** Bodies that are too long, lie about their length or are packed: bounded. */
export const oversizedBodies: Part = {
  name: "oversized bodies",
  async run(bank) {
    return [await tooLong(bank), await lyingLengths(bank), await packed(bank), await manyFields(bank)];
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
    const head = headOf(bank, path, { ...headers, "transfer-encoding": "chunked" });
    const { status } = await sendRaw(bank.origin, `${head}${chunked(body)}0\r\n\r\n`);
    refused.expect(status === 413, `1.2 MB in chunks, without a length → ${status}`);
  }
  return refused.finding();
}

/** The first lines of a form of the holder, for a body that is written by hand. */
function headOf(bank: AttackedBank, path: string, headers: Readonly<Record<string, string>>): string {
  const cookie = [...bank.as("holder").cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  const lines = Object.entries({ host: "a", connection: "close", ...headers, cookie }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  return `POST ${path} HTTP/1.1\r\n${lines.join("")}\r\n`;
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
    "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    "Content-Length: 0x10\r\n\r\n",
    "Content-Length : 3\r\n\r\nabc",
  ];
  for (const lie of lies) {
    const { status, text } = await sendRaw(bank.origin, start + lie);
    const isHeld = (status >= 400 && status < 500) || (status === 0 && text.includes("closed")) || status === 501;
    refused.expect(isHeld, `${JSON.stringify(lie.slice(0, 60))} → ${status} ${text.slice(0, 40)}`);
  }
  return refused.finding();
}

async function packed(bank: AttackedBank): Promise<Finding> {
  const kept = attack("packed bodies are not unpacked");
  const [deposit, before] = [bank.action("deposit"), await bank.events()];
  const { body, type } = plainForm(deposit, Object.entries(soundFields(deposit, bank.account)));
  const path = `/accounts/${bank.account}/deposit`;
  const headers = { origin: bank.origin, "content-type": type, "content-encoding": "gzip" };
  const form = await bank.as("holder").request({ method: "POST", path, headers, body: gzipSync(body) });
  const booked = (await bank.events()) - before;
  kept.expect(form.status >= 400 && form.status < 500 && booked === 0, `a packed deposit → ${form.status}, ${booked} booked`);
  const again = gzipSync(plainForm(deposit, Object.entries(soundFields(deposit, bank.account))).body);
  const head = headOf(bank, path, { origin: bank.origin, "content-type": type, "transfer-encoding": "gzip, chunked" });
  const pieces = [`${head}${again.length.toString(16)}\r\n`, again, "\r\n0\r\n\r\n"].map((piece) => Buffer.from(piece));
  const coded = await sendRaw(bank.origin, Buffer.concat(pieces));
  kept.expect(coded.status >= 400 && coded.status < 500, `a deposit in a packed transfer → ${coded.status}`);
  kept.expect((await bank.events()) === before, "it was booked");
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
