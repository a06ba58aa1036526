/** What goes back to the client. */
export interface Answer {
  status: number;
  headers?: { [name: string]: string };
  body?: Buffer;
}

export function jsonAnswer(value: unknown, status = 200, headers: Answer["headers"] = {}): Answer {
  return {
    status,
    headers: { "content-type": "application/json; charset=UTF-8", ...headers },
    body: Buffer.from(JSON.stringify(value)),
  };
}

/** Reasons of the JSON API and codes of the XML API, by status (cloud.google.com/storage/docs/json_api/v1/status-codes). */
const NAMES: { [status: number]: { reason: string; code: string } } = {
  400: { reason: "invalid", code: "InvalidArgument" },
  401: { reason: "required", code: "AuthenticationRequired" },
  403: { reason: "forbidden", code: "AccessDenied" },
  404: { reason: "notFound", code: "NoSuchKey" },
  405: { reason: "methodNotAllowed", code: "MethodNotAllowed" },
  409: { reason: "conflict", code: "BucketNotEmpty" },
  412: { reason: "conditionNotMet", code: "PreconditionFailed" },
  413: { reason: "uploadTooLarge", code: "EntityTooLarge" },
  416: { reason: "requestedRangeNotSatisfiable", code: "InvalidRange" },
  500: { reason: "internalError", code: "InternalError" },
  501: { reason: "notImplemented", code: "NotImplemented" },
};

/** A request that is answered with an error, in the shape of the API that was asked. */
export class StorageError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }

  toAnswer(api: "json" | "xml"): Answer {
    if (this.status === 304) return { status: 304 };
    const { reason, code } = NAMES[this.status] ?? { reason: "backendError", code: "InternalError" };
    const { status, message } = this;
    if (api === "json") {
      const error = { code: status, message, errors: [{ message, domain: "global", reason }] };
      return jsonAnswer({ error }, status);
    }
    const text = `<?xml version='1.0' encoding='UTF-8'?><Error><Code>${code}</Code><Message>${escapeXml(message)}</Message></Error>`;
    return { status, headers: { "content-type": "application/xml; charset=UTF-8" }, body: Buffer.from(text) };
  }
}

function escapeXml(text: string): string {
  return text.replace(/[<>&'"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
