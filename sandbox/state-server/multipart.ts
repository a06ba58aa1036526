import { StorageError } from "./answer";

export interface Part {
  /** Names in lower case. */
  headers: { [name: string]: string };
  content: Buffer;
}

/**
 * Takes a multipart body apart (RFC 2046, section 5.1).
 *
 * @param contentType of the request: `multipart/related; boundary=…`
 * @throws {StorageError} 400
 */
export function parseMultipart(contentType: string, body: Buffer): Part[] {
  const boundary = /;\s*boundary=(?:"([^"]{1,200})"|([^\s;]{1,200}))/i.exec(contentType);
  const text = boundary?.[1] ?? boundary?.[2];
  if (text === undefined) throw malformed("the content type names no boundary");

  const delimiter = Buffer.from(`--${text}`);
  const parts: Part[] = [];
  let position = body.subarray(0, delimiter.length).equals(delimiter)
    ? delimiter.length
    : after(body, Buffer.from(`\r\n--${text}`), 0, "the first boundary");
  while (!body.subarray(position, position + 2).equals(Buffer.from("--"))) {
    const start = after(body, Buffer.from("\r\n"), position, "the end of a boundary's line");
    const end = body.indexOf(`\r\n--${text}`, start - 2);
    if (end < 0) throw malformed("the last boundary is missing");
    parts.push(parsePart(body.subarray(start, Math.max(start, end))));
    position = end + 2 + delimiter.length;
  }
  return parts;
}

function parsePart(bytes: Buffer): Part {
  if (bytes.subarray(0, 2).equals(Buffer.from("\r\n"))) return { headers: {}, content: bytes.subarray(2) };
  const end = bytes.indexOf("\r\n\r\n");
  if (end < 0) throw malformed("a part has no end of its headers");
  const headers: Part["headers"] = {};
  for (const line of bytes.toString("latin1", 0, end).split("\r\n")) {
    const [, name, value] = /^([^:]+):\s*(.*)$/.exec(line) ?? [];
    if (name !== undefined) headers[name.trim().toLowerCase()] = value ?? "";
  }
  return { headers, content: bytes.subarray(end + 4) };
}

function after(body: Buffer, sought: Buffer, from: number, what: string): number {
  const found = body.indexOf(sought, from);
  if (found < 0) throw malformed(`${what} is missing`);
  return found + sought.length;
}

function malformed(why: string): StorageError {
  return new StorageError(400, `Malformed multipart body: ${why}.`);
}
