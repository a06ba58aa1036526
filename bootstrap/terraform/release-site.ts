import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { crc32, deflateRawSync } from "node:zlib";
import { pinned } from "./product.mjs";

/** What a release site answers to one path: a whole answer, or bytes after which the connection breaks off. */
export type Answer = Buffer | { brokenAfter: Buffer };

/** A release site on this machine, for tests. */
export interface ReleaseSite {
  address: string;
  /** Paths that were asked for, in their order. */
  asked: string[];
  close(): Promise<void>;
}

/** Serves these answers by path; everything else is 404. */
export async function serveReleases(answers: { readonly [path: string]: Answer }): Promise<ReleaseSite> {
  const asked: string[] = [];
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const path = request.url ?? "";
    asked.push(path);
    const answer = answers[path];
    if (answer === undefined) return void response.writeHead(404).end();
    if (Buffer.isBuffer(answer)) return void response.end(answer);
    response.writeHead(200, { "content-length": answer.brokenAfter.length * 2 });
    response.write(answer.brokenAfter, () => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { address: `http://127.0.0.1:${port}`, asked, close: () => close(server) };
}

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

/** An executable that answers as Terraform does when it is asked for its version. */
export const executable = Buffer.from(`#!/bin/sh\necho "Terraform v${pinned}"\n`);

/** The two files of a release, as HashiCorp publishes them. */
export function release(
  archive: Answer = zipOf("terraform", executable),
  platform = "linux_amd64",
): { [path: string]: Answer } {
  const folder = `/terraform/${pinned}`;
  const name = `terraform_${pinned}_${platform}.zip`;
  const whole = zipOf("terraform", executable);
  const checksum = createHash("sha256").update(whole).digest("hex");
  const other = "0".repeat(64);
  const sums = `${other}  terraform_${pinned}_darwin_arm64.zip\n${checksum}  ${name}\n`;
  return { [`${folder}/terraform_${pinned}_SHA256SUMS`]: Buffer.from(sums), [`${folder}/${name}`]: archive };
}

/** A zip archive with a licence and one more file, packed as Go's `archive/zip` does: sizes only in the directory. */
export function zipOf(name: string, content: Buffer): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  for (const [path, file] of [["LICENSE.txt", Buffer.from("a licence")] as const, [name, content] as const]) {
    const offset = parts.reduce((sum, part) => sum + part.length, 0);
    const packed = deflateRawSync(file);
    const checksum = crc32(file);
    parts.push(
      numbers(
        [4, 0x04034b50],
        [2, 20],
        [2, 8],
        [2, 8],
        [4, 0],
        [4, 0],
        [4, 0],
        [4, 0],
        [2, path.length],
        [2, 0],
      ),
    );
    parts.push(Buffer.from(path), packed);
    parts.push(numbers([4, 0x08074b50], [4, checksum], [4, packed.length], [4, file.length]));
    directory.push(
      numbers([4, 0x02014b50], [2, 20], [2, 20], [2, 8], [2, 8], [4, 0], [4, checksum], [4, packed.length]),
      numbers([4, file.length], [2, path.length], [2, 0], [2, 0], [2, 0], [2, 0], [4, 0], [4, offset]),
      Buffer.from(path),
    );
  }
  const start = parts.reduce((sum, part) => sum + part.length, 0);
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  const end = numbers([4, 0x06054b50], [2, 0], [2, 0], [2, 2], [2, 2], [4, size], [4, start], [2, 0]);
  return Buffer.concat([...parts, ...directory, end]);
}

function numbers(...fields: [bytes: 2 | 4, value: number][]): Buffer {
  const buffer = Buffer.alloc(fields.reduce((sum, [bytes]) => sum + bytes, 0));
  let at = 0;
  for (const [bytes, value] of fields) at = buffer.writeUIntLE(value, at, bytes);
  return buffer;
}
