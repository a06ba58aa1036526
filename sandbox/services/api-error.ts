import type { Diagnostic } from "../values/diagnostic";
import type { ValuePath } from "../values/value";

/** Said beside every error, so that nobody takes an answer of the sandbox for one of the cloud. */
export const ANSWERED_BY = "Answered by the Groundwork sandbox.";

/** A refusal of a simulated API. Thrown inside a transaction, it rolls the transaction back. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  /** HTTP status. */
  readonly status: number;
  /** Google's reason (`alreadyExists`) or Atlas's error code (`DUPLICATE_CLUSTER_NAME`). */
  readonly reason: string | undefined;
  /** Google's `error.details`, Atlas's `parameters`. */
  readonly details: readonly unknown[];

  constructor(status: number, message: string, reason?: string, details: readonly unknown[] = []) {
    super(message);
    this.status = status;
    this.reason = reason;
    this.details = details;
  }
}

/** An error that the provider itself words, with or without an API behind it; shown as given. */
export class ProviderError extends Error {
  override readonly name = "ProviderError";
  readonly detail: string;
  readonly path: ValuePath | undefined;

  constructor(summary: string, detail = "", path?: ValuePath) {
    super(summary);
    this.detail = detail;
    this.path = path;
  }
}

/** An error diagnostic that carries the sandbox's name. */
export function errorDiagnostic(summary: string, detail = "", path?: ValuePath): Diagnostic {
  const signed = detail === "" ? ANSWERED_BY : `${detail}\n\n${ANSWERED_BY}`;
  return { severity: "error", summary, detail: signed, ...(path === undefined ? {} : { path }) };
}

/**
 * The text of a Google API error as Google's Go client prints it.
 * Source: google.golang.org/api/googleapi, `Error.Error`.
 */
export function googleErrorText(error: ApiError): string {
  const details =
    error.details.length === 0 ? "" : `\nDetails:\n${JSON.stringify(error.details, undefined, 2)}\n`;
  const reason = error.reason === undefined ? "" : `, ${error.reason}`;
  return `googleapi: Error ${error.status}: ${error.message}${details}${reason}`;
}

const STATUS_TEXT: { [status: number]: string } = {
  400: "Bad Request",
  401: "Unauthorized",
  402: "Payment Required",
  403: "Forbidden",
  404: "Not Found",
  409: "Conflict",
};

/**
 * The text of an Atlas API error as the Atlas Go client prints it.
 * Source: go.mongodb.org/atlas-sdk, `FormatErrorMessageWithDetails`.
 */
export function atlasErrorText(error: ApiError, method: string, path: string): string {
  const status = STATUS_TEXT[error.status] ?? "Error";
  const params = `[${error.details.join(" ")}]`;
  return (
    `https://cloud.mongodb.com${path} ${method}: HTTP ${error.status} ${status} ` +
    `(Error code: "${error.reason ?? "UNEXPECTED_ERROR"}") Detail: ${error.message} ` +
    `Reason: ${status}. Params: ${params}, BadRequestDetail: `
  );
}
