import type { StateObserver } from "../recovery/recovery";
import type { BucketObjects, BucketReader, ObjectVersion } from "../store/bucket-objects";
import { type Answer, jsonAnswer, StorageError } from "./answer";
import { contentAnswer } from "./content";
import { listPage } from "./listing";
import { checkPreconditions, type Parameters, requestedGeneration } from "./preconditions";
import { objectResource, patchedFields, settableFields } from "./resources";
import type { Route } from "./route";

/** A request whose body has been read. */
export interface StorageRequest {
  method: string;
  parameters: Parameters;
  /** Names in lower case. */
  headers: { [name: string]: string | undefined };
  body: Buffer;
  /** Where this server answers: `http://127.0.0.1:PORT`. */
  origin: string;
  /** By which the client came. */
  connection: object;
  /** Google's clients repeat a call whose answer got lost, under the same id. */
  callId: string | undefined;
}

type ObjectRoute = Extract<Route, { kind: "object" | "xml-object" }>;

export function listObjects(buckets: BucketObjects, bucket: string, request: StorageRequest): Answer {
  const { parameters, origin } = request;
  const versions = buckets.list(
    bucket,
    parameters.get("prefix") ?? "",
    parameters.get("versions") === "true",
  );
  const { items, ...rest } = listPage(versions, parameters);
  return jsonAnswer({
    kind: "storage#objects",
    items: items.map((version) => objectResource(version, origin)),
    ...rest,
  });
}

/** Metadata or, with `alt=media` and in the XML API, content. */
export function getObject(buckets: BucketObjects, route: ObjectRoute, request: StorageRequest): Answer {
  const version = find(buckets, route, request.parameters);
  checkPreconditions(request.parameters, version, "read");
  if (route.kind === "xml-object" || request.parameters.get("alt") === "media") {
    return contentAnswer(version, buckets.content(version), request.headers.range);
  }
  return jsonAnswer(objectResource(version, request.origin));
}

/** The live version becomes an older one; a version that is named by its generation is gone for good. */
export async function deleteObject(
  buckets: BucketObjects,
  route: ObjectRoute,
  request: StorageRequest,
  observer?: StateObserver,
): Promise<Answer> {
  const { parameters, callId } = request;
  const deleted = await buckets.transact((transaction) => {
    const before = transaction.get(
      route.bucket,
      route.name,
      requestedGeneration(parameters, "ifGenerationMatch"),
    );
    if (callId !== undefined && before?.deletedBy === callId) return undefined;
    const version = find(transaction, route, parameters);
    checkPreconditions(parameters, version, "change");
    if (requestedGeneration(parameters) === undefined) transaction.retire(version, callId);
    else transaction.erase(version);
    return version;
  });
  if (deleted !== undefined) await observer?.deleted(deleted, request.connection);
  return { status: 204 };
}

/** PATCH changes the fields that are given, PUT all of them. */
export async function updateObject(
  buckets: BucketObjects,
  route: ObjectRoute,
  request: StorageRequest,
): Promise<Answer> {
  const sent = parseJsonObject(request.body);
  const updated = await buckets.transact((transaction) => {
    const version = find(transaction, route, request.parameters);
    checkPreconditions(request.parameters, version, "change");
    const fields = request.method === "PATCH" ? patchedFields(version.fields, sent) : settableFields(sent);
    return transaction.patch(version, fields);
  });
  return jsonAnswer(objectResource(updated, request.origin));
}

/** Copies within the server: how an older version of a state is made the live one again. */
export async function copyObject(
  buckets: BucketObjects,
  route: Extract<Route, { kind: "copy" }>,
  request: StorageRequest,
): Promise<Answer> {
  const { parameters, origin } = request;
  const sent = parseJsonObject(request.body);
  const copy = await buckets.transact((transaction) => {
    const generation = requestedGeneration(parameters, "sourceGeneration");
    const source = transaction.get(route.bucket, route.name, generation);
    if (source === undefined) throw missing(route.bucket, route.name);
    checkPreconditions(parameters, source, "change", true);
    checkPreconditions(parameters, transaction.get(route.toBucket, route.toName), "change");
    return transaction.put({
      bucket: route.toBucket,
      name: route.toName,
      md5Hash: source.md5Hash,
      crc32c: source.crc32c,
      fields: { ...source.fields, ...settableFields(sent) },
      content: transaction.content(source),
    });
  });
  const resource = objectResource(copy, origin);
  if (!route.rewrite) return jsonAnswer(resource);
  const size = String(copy.size);
  return jsonAnswer({
    kind: "storage#rewriteResponse",
    totalBytesRewritten: size,
    objectSize: size,
    done: true,
    resource,
  });
}

/** @throws {StorageError} 400 when the body is there and no JSON object */
export function parseJsonObject(body: Buffer): { [name: string]: unknown } {
  if (body.length === 0) return {};
  let value: unknown;
  try {
    value = JSON.parse(body.toString("utf8"));
  } catch {
    throw new StorageError(400, "Parse Error");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new StorageError(400, "Parse Error: the body must be a JSON object");
  }
  return { ...value };
}

function find(reader: BucketReader, route: ObjectRoute, parameters: Parameters): ObjectVersion {
  const version = reader.get(route.bucket, route.name, requestedGeneration(parameters));
  if (version === undefined) throw missing(route.bucket, route.name);
  return version;
}

function missing(bucket: string, name: string): StorageError {
  return new StorageError(404, `No such object: ${bucket}/${name}`);
}
