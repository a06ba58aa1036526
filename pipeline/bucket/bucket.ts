import { RunFailed } from "../run-failed";

/** What is known of one version of an object in a bucket. */
export interface ObjectInfo {
  name: string;
  /** Number of this version, as text: it doesn't fit into a double. Grows with every write of the object. */
  generation: string;
  /** Bytes. */
  size: number;
  /** ISO 8601; when this version was written. */
  createdAt: string;
  /** ISO 8601; when another version took its place, or it was deleted. Absent while it is the live one. */
  replacedAt?: string;
  /** Base64. */
  md5: string;
  /** What its writer noted beside the content. */
  metadata: Readonly<Record<string, string>>;
}

export interface WriteOptions {
  /**
   * The generation that must be the live one, so that nobody's write is lost; `"0"`: there must be none.
   * @default - whatever is there is replaced, and a repeated request may replace it twice
   */
  ifGeneration?: string;
  /** @default "application/octet-stream" */
  contentType?: string;
  /** Short texts beside the content. @default - none */
  metadata?: Readonly<Record<string, string>>;
}

/**
 * A bucket of Google Cloud Storage with object versions, as states lie in. Every method repeats what failed for a
 * moment; one that changes something is repeated only where a repetition does no harm.
 */
export interface Bucket {
  readonly name: string;
  /** @param generation an older version @default - the live one */
  info(name: string, generation?: string): Promise<ObjectInfo | undefined>;
  /** Content and what is known of it; undefined when there is no such object. */
  read(name: string, generation?: string): Promise<{ info: ObjectInfo; content: Buffer } | undefined>;
  /** @throws GenerationMismatch when another version is the live one */
  write(name: string, content: Buffer | string, options?: WriteOptions): Promise<ObjectInfo>;
  /**
   * Live objects by name; with `versions` older ones too, oldest first.
   *
   * @param prefix what their names begin with
   */
  list(prefix: string, options?: { versions?: boolean }): AsyncIterable<ObjectInfo>;
  /** What stands between the prefix and the next `/` in the objects' names, sorted: `plans/` → `["3f9a1c2", …]`. */
  folders(prefix: string): Promise<string[]>;
  /**
   * Copies one version of an object inside the bucket.
   *
   * @throws GenerationMismatch when another version of the target is the live one
   */
  copy(
    from: { name: string; generation?: string },
    to: string,
    options?: Pick<WriteOptions, "ifGeneration">,
  ): Promise<ObjectInfo>;
  /**
   * Deletes the live version; older ones stay.
   *
   * @returns whether there was one
   * @throws GenerationMismatch when another version is the live one
   */
  remove(name: string, options?: Pick<WriteOptions, "ifGeneration">): Promise<boolean>;
}

/** Somebody else wrote or deleted the object first. */
export class GenerationMismatch extends RunFailed {
  constructor(bucket: string, object: string, expected: string | undefined) {
    const wanted = expected === "0" ? "there to be none" : `generation ${expected}`;
    super(`gs://${bucket}/${object} was changed by somebody else; expected ${wanted}.`);
  }
}

/** Cloud Storage refused, or couldn't be reached. */
export class BucketFailed extends RunFailed {
  constructor(
    what: string,
    /** HTTP status; undefined when there was no answer. */
    readonly status: number | undefined,
    reason: string,
  ) {
    super(`${what}: ${status === undefined ? "" : `${status} `}${reason}`);
  }
}
