import { BSON, type Document } from "bson";

/** A command as a driver sent it, in whichever of the two forms. */
export interface WireCommand {
  requestId: number;
  /** The old form, in which drivers greet. */
  legacy: boolean;
  /** With `$db`; what came as a sequence of documents is in its field. */
  body: Document;
  /** The driver wants no answer. */
  silent: boolean;
}

const HEADER = 16;
const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;
const MORE_TO_COME = 2;
/** https://www.mongodb.com/docs/manual/reference/command/hello/#mongodb-data-hello.maxMessageSizeBytes */
export const LARGEST_MESSAGE = 48_000_000;

/**
 * Cuts a stream of bytes into messages.
 *
 * @see https://www.mongodb.com/docs/manual/reference/mongodb-wire-protocol/
 */
export class WireReader {
  private rest: Buffer = Buffer.alloc(0);

  /** @throws Error for bytes that are no such message */
  read(chunk: Buffer): WireCommand[] {
    this.rest = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
    const commands: WireCommand[] = [];
    while (this.rest.length >= HEADER) {
      const length = this.rest.readInt32LE(0);
      if (length < HEADER || length > LARGEST_MESSAGE) throw new Error(`a message of ${length} bytes`);
      if (this.rest.length < length) break;
      commands.push(parse(this.rest.subarray(0, length)));
      this.rest = this.rest.subarray(length);
    }
    return commands;
  }
}

function parse(message: Buffer): WireCommand {
  const requestId = message.readInt32LE(4);
  const kind = message.readInt32LE(12);
  if (kind === OP_MSG) return { requestId, legacy: false, ...parseMessage(message) };
  if (kind !== OP_QUERY) throw new Error(`a message of kind ${kind}`);
  const nameEnd = message.indexOf(0, HEADER + 4);
  const database = message.toString("utf8", HEADER + 4, nameEnd).replace(/\.\$cmd$/, "");
  const body = documentAt(message, nameEnd + 1 + 8);
  return { requestId, legacy: true, body: { ...body, $db: database }, silent: false };
}

/** The command in a section of kind 0, long lists in sections of kind 1 beside it. */
function parseMessage(message: Buffer): { body: Document; silent: boolean } {
  const flags = message.readUInt32LE(HEADER);
  const end = message.length - (flags & 1 ? 4 : 0);
  const body: Document = {};
  for (let at = HEADER + 4; at < end; ) {
    const section = message[at];
    const size = message.readInt32LE(at + 1);
    if (section === 0) {
      Object.assign(body, documentAt(message, at + 1));
    } else {
      const nameEnd = message.indexOf(0, at + 5);
      const documents: Document[] = [];
      for (let place = nameEnd + 1; place < at + 1 + size; place += message.readInt32LE(place)) {
        documents.push(documentAt(message, place));
      }
      body[message.toString("utf8", at + 5, nameEnd)] = documents;
    }
    at += 1 + size;
  }
  return { body, silent: (flags & MORE_TO_COME) !== 0 };
}

/** With its types kept: a document goes out as it came in. */
function documentAt(message: Buffer, at: number): Document {
  const bytes = message.subarray(at, at + message.readInt32LE(at));
  return BSON.deserialize(bytes, { promoteValues: false, promoteBuffers: false });
}

/** The answer in the form in which it was asked. */
export function encodeAnswer({ requestId, legacy }: WireCommand, answer: Document): Buffer {
  const body = BSON.serialize(answer);
  const before = Buffer.alloc(legacy ? HEADER + 20 : HEADER + 5);
  before.writeInt32LE(before.length + body.length, 0);
  before.writeInt32LE(requestId, 8);
  before.writeInt32LE(legacy ? OP_REPLY : OP_MSG, 12);
  // Flags, cursor and position are 0, and it is one document; an OP_MSG has no flags and one section of kind 0.
  if (legacy) before.writeInt32LE(1, HEADER + 16);
  return Buffer.concat([before, body]);
}
