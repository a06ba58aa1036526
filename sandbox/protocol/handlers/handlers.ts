import type { Diagnostic } from "../../values/diagnostic";
import type { CallName, Request, Response } from "../calls";
import { CodecError } from "../codec";
import { diagnosticMessages } from "../diagnostic-messages";
import type { SentDiagnostic } from "../messages";
import { type Client, type HandlerContext, type Handlers, Refusal } from "./context";
import { dataSourceHandlers } from "./data-source";
import { ephemeralHandlers } from "./ephemeral";
import { functionHandlers } from "./functions";
import { providerHandlers } from "./provider";
import { resourceHandlers } from "./resource";

/** All calls of one provider. They may throw; {@link answer} makes diagnostics of that. */
export function handlersOf(context: HandlerContext): Handlers {
  return {
    ...providerHandlers(context),
    ...resourceHandlers(context),
    ...dataSourceHandlers(context),
    ...ephemeralHandlers(context),
    ...functionHandlers(context),
  };
}

/**
 * Runs a handler; whatever goes wrong becomes an answer that Terraform shows, and the process lives on.
 * @param report is told of errors that nobody expected
 */
export async function answer<N extends CallName>(
  name: N,
  handlers: Handlers,
  request: Request<N>,
  client: Client,
  report: (error: unknown) => void,
): Promise<Response<N>> {
  try {
    return await handlers[name](request, client);
  } catch (error) {
    if (!(error instanceof Refusal || error instanceof CodecError)) report(error);
    return failure(name, request, diagnosticMessages(explain(error)));
  }
}

function explain(error: unknown): Diagnostic[] {
  if (error instanceof Refusal) return error.diagnostics;
  const detail = error instanceof Error ? `${error.name}: ${error.message}` : "something unknown was thrown";
  const summary =
    error instanceof CodecError
      ? "The sandbox met a value that is not of its schema"
      : "Sandbox bug: the simulated provider failed";
  return [{ severity: "error", summary, detail }];
}

/** What a call answers when it failed. What was there before stays: a failed apply must not lose the object. */
function failure<N extends CallName>(
  name: N,
  request: Request<N>,
  diagnostics: SentDiagnostic[],
): Response<N> {
  const text = diagnostics.map(({ summary, detail }) => `${summary}: ${detail}`).join("; ");
  const special: { [M in CallName]?: () => Response<M> } = {
    apply: () => {
      const { prior_state, planned_private } = request as Request<"apply">;
      return { new_state: prior_state ?? undefined, private: planned_private, diagnostics };
    },
    read: () => {
      const { current_state, private: kept } = request as Request<"read">;
      return { new_state: current_state ?? undefined, private: kept, diagnostics };
    },
    callFunction: () => ({ error: { text } }),
    stop: () => ({ Error: text }),
  };
  return (special[name]?.() ?? { diagnostics }) as Response<N>;
}
