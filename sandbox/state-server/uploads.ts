import { randomBytes } from "node:crypto";
import type { StateObserver } from "../recovery/recovery";
import type { BucketObjects } from "../store/bucket-objects";
import { type Answer, jsonAnswer, StorageError } from "./answer";
import { crc32c, md5 } from "./checksums";
import { parseMultipart } from "./multipart";
import { parseJsonObject, type StorageRequest } from "./objects";
import { checkPreconditions, type Parameters } from "./preconditions";
import { objectResource, settableFields } from "./resources";
import { checkObjectName } from "./route";

/** Resumable uploads that nobody finishes are forgotten, the oldest first, beyond this number. */
const MOST_SESSIONS = 100;

interface Session {
  bucket: string;
  sent: { [name: string]: unknown };
  parameters: Parameters;
  chunks: Buffer[];
  received: number;
  /** The answer to the last chunk, repeated to a client that lost it. */
  finished?: Answer;
}

/** The three ways to upload (cloud.google.com/storage/docs/uploads-downloads): media, multipart, resumable. */
export class Uploads {
  readonly #buckets: BucketObjects;
  readonly #observer: StateObserver | undefined;
  readonly #sessions = new Map<string, Session>();

  constructor(buckets: BucketObjects, observer?: StateObserver) {
    this.#buckets = buckets;
    this.#observer = observer;
  }

  async answer(bucket: string, request: StorageRequest): Promise<Answer> {
    const { method, parameters, headers, body } = request;
    const sessionId = parameters.get("upload_id");
    if (sessionId !== null) return this.#continueSession(sessionId, request);
    if (method !== "POST") throw new StorageError(405, `Method ${method} is not allowed here.`);
    const contentType = headers["content-type"] ?? "";
    switch (parameters.get("uploadType")) {
      case "media":
        return this.#save(bucket, contentType === "" ? {} : { contentType }, body, request);
      case "multipart":
        return this.#multipart(bucket, contentType, request);
      case "resumable":
        return this.#startSession(bucket, request);
      default:
        throw new StorageError(400, "Invalid value for uploadType: media, multipart or resumable is needed.");
    }
  }

  #multipart(bucket: string, contentType: string, request: StorageRequest): Promise<Answer> {
    const [metadata, media, ...others] = parseMultipart(contentType, request.body);
    if (metadata === undefined || media === undefined || others.length > 0) {
      throw new StorageError(400, "A multipart upload has two parts: metadata and media.");
    }
    const sent = parseJsonObject(metadata.content);
    const mediaType = media.headers["content-type"];
    return this.#save(
      bucket,
      { ...(mediaType && { contentType: mediaType }), ...sent },
      media.content,
      request,
    );
  }

  async #startSession(bucket: string, request: StorageRequest): Promise<Answer> {
    const { parameters, headers, origin } = request;
    const contentType = headers["x-upload-content-type"];
    const sent: Session["sent"] = { ...(contentType && { contentType }), ...parseJsonObject(request.body) };
    const name = checkObjectName(parameters.get("name") ?? sent.name);
    checkPreconditions(parameters, this.#buckets.get(bucket, name), "change");

    const id = randomBytes(16).toString("base64url");
    this.#sessions.set(id, { bucket, sent: { ...sent, name }, parameters, chunks: [], received: 0 });
    for (const oldest of this.#sessions.keys()) {
      if (this.#sessions.size <= MOST_SESSIONS) break;
      this.#sessions.delete(oldest);
    }
    const location = `${origin}/upload/storage/v1/b/${bucket}/o?uploadType=resumable&upload_id=${id}`;
    return { status: 200, headers: { location, "x-guploader-uploadid": id } };
  }

  async #continueSession(id: string, request: StorageRequest): Promise<Answer> {
    const session = this.#sessions.get(id);
    if (session === undefined) throw new StorageError(404, "No such upload session.");
    if (request.method === "DELETE") {
      this.#sessions.delete(id);
      return { status: 499 };
    }
    if (request.method !== "PUT" && request.method !== "POST") {
      throw new StorageError(405, `Method ${request.method} is not allowed here.`);
    }
    if (session.finished !== undefined) return session.finished;

    const range = parseContentRange(request.headers["content-range"], request.body.length);
    // What was received before is skipped, so that a chunk whose answer got lost can be sent again.
    if (range.start > session.received) return resumeIncomplete(session, request);
    const fresh = request.body.subarray(session.received - range.start);
    if (fresh.length > 0) session.chunks.push(fresh);
    session.received += fresh.length;
    if (range.total === undefined || session.received < range.total)
      return resumeIncomplete(session, request);
    if (session.received > range.total)
      throw new StorageError(400, "More was sent than Content-Range announces.");

    const { parameters } = session;
    const content = Buffer.concat(session.chunks);
    session.finished = await this.#save(session.bucket, session.sent, content, { ...request, parameters });
    session.chunks = [];
    return session.finished;
  }

  async #save(
    bucket: string,
    sent: { [name: string]: unknown },
    content: Buffer,
    request: Pick<StorageRequest, "parameters" | "origin" | "connection" | "callId">,
  ): Promise<Answer> {
    const { parameters, origin, connection, callId } = request;
    const name = checkObjectName(parameters.get("name") ?? sent.name);
    const sums = { md5Hash: md5(content), crc32c: crc32c(content) };
    for (const sum of ["md5Hash", "crc32c"] as const) {
      if (sent[sum] !== undefined && sent[sum] !== sums[sum]) {
        throw new StorageError(400, `Provided ${sum} doesn't match calculated ${sum}: "${sums[sum]}".`);
      }
    }
    const version = await this.#buckets.transact((buckets) => {
      const live = buckets.get(bucket, name);
      // Told "412" now, Terraform would take its own lock for somebody else's.
      if (callId !== undefined && live?.writtenBy === callId) return live;
      checkPreconditions(parameters, live, "change");
      return buckets.put({ bucket, name, ...sums, fields: settableFields(sent), content, writtenBy: callId });
    });
    this.#observer?.written(version, connection);
    return jsonAnswer(objectResource(version, origin));
  }
}

/**
 * `bytes 0-99/200`, `bytes 0-99/*` (more is to come), `bytes *` + `/200` or `/*` (a question); without the header the
 * body is all there is.
 */
function parseContentRange(header: string | undefined, length: number): { start: number; total?: number } {
  if (header === undefined) return { start: 0, total: length };
  const [, range, first, total] = /^bytes (\*|(\d+)-\d+)\/(\d+|\*)$/.exec(header.trim()) ?? [];
  if (range === undefined) throw new StorageError(400, `Invalid Content-Range: ${header.slice(0, 100)}`);
  return { start: range === "*" ? 0 : Number(first), ...(total !== "*" && { total: Number(total) }) };
}

/** "Go on": 308, or 200 with a header for clients that can't see a 308, as Google's Go client asks for. */
function resumeIncomplete(session: Session, request: StorageRequest): Answer {
  const headers: { [name: string]: string } = {};
  if (session.received > 0) headers.range = `bytes=0-${session.received - 1}`;
  if (request.headers["x-guploader-no-308"] !== "yes") return { status: 308, headers };
  return { status: 200, headers: { ...headers, "x-http-status-code-override": "308" } };
}
