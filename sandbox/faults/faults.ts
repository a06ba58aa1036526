import { createHash } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { ApiError, atlasErrorText, errorDiagnostic, googleErrorText } from "../services/api-error";
import type { Services } from "../services/contract";
import type { SandboxStore } from "../store/open-store";
import type { Diagnostic } from "../values/diagnostic";
import type { FaultEffect, FaultRule, Operation } from "./fault-rule";

/** A rule with what became of it so far. */
export interface InstalledFault extends FaultRule {
  id: number;
  /** Calls that matched. */
  calls: number;
  /** Calls that were struck. */
  strikes: number;
}

/** Trouble of one call over HTTP. */
export interface HttpFault {
  /** Refused with this status; nothing is done. */
  status?: number;
  /** Done, but the answer gets lost. */
  lost?: boolean;
}

/** Trouble for APIs that are called over HTTP, not through a provider. */
export interface HttpFaults {
  /** Waits as long as the rules want, then tells what else happens; undefined: nothing. */
  http(operation: Operation, type: string): Promise<HttpFault | undefined>;
}

export interface Faults extends HttpFaults {
  list(): InstalledFault[];
  add(rule: FaultRule): Promise<InstalledFault>;
  /** @returns whether there was such a rule */
  remove(id: number): Promise<boolean>;
  clear(): Promise<void>;
  /** Trouble before an operation: diagnostics instead of doing it, or undefined after whatever delay. */
  intercept(operation: Operation, type: string): Promise<Diagnostic[] | undefined>;
  /** The same services, with the trouble that comes after an operation. */
  around(services: Services): Services;
}

/** Which operations an effect can strike; the first list is what a rule without operations means. */
const STRIKES: { [kind in FaultEffect["kind"]]: readonly Operation[] } = {
  error: ["create", "read", "update", "delete", "import"],
  latency: ["create", "read", "update", "delete", "import"],
  timeout: ["create", "update", "delete"],
  "slow-answer": ["create", "update", "delete"],
  "answer-lost": ["create", "update", "delete"],
  late: ["create"],
};

const SETTING = "faults";

/** The faults of one sandbox; they are kept in its store until they are removed. */
export function createFaults(store: SandboxStore): Faults {
  let installed = (store.setting(SETTING) ?? []) as InstalledFault[];
  /** Reads that still don't find an object, by type and id. */
  const late = new Map<string, number>();
  const save = (): Promise<void> => store.saveSetting(SETTING, installed);

  async function struckBy(
    operation: Operation,
    type: string,
    kinds: FaultEffect["kind"][],
  ): Promise<FaultEffect[]> {
    const effects = installed
      .filter(
        (fault) => kinds.includes(fault.effect.kind) && matches(fault, operation, type) && strikes(fault),
      )
      .map((fault) => fault.effect);
    if (effects.length > 0) await save();
    return effects;
  }

  return {
    list: () => installed,
    async add(rule) {
      const id = Math.max(0, ...installed.map((fault) => fault.id)) + 1;
      const fault = { ...rule, id, calls: 0, strikes: 0 };
      installed = [...installed, fault];
      await save();
      return fault;
    },
    async remove(id) {
      const before = installed.length;
      installed = installed.filter((fault) => fault.id !== id);
      await save();
      return installed.length < before;
    },
    async clear() {
      installed = [];
      late.clear();
      await save();
    },
    async intercept(operation, type) {
      for (const effect of await struckBy(operation, type, ["latency", "error", "timeout"])) {
        if ("milliseconds" in effect) await wait(effect.milliseconds);
        if (effect.kind === "error") return [refusal(operation, type, effect.status)];
        if (effect.kind === "timeout") return [timeOut(operation, type)];
      }
      return undefined;
    },
    async http(operation, type) {
      const kinds: FaultEffect["kind"][] = ["latency", "error", "timeout", "slow-answer", "answer-lost"];
      for (const effect of await struckBy(operation, type, kinds)) {
        if ("milliseconds" in effect) await wait(effect.milliseconds);
        if (effect.kind === "error") return { status: effect.status };
        if (effect.kind === "timeout") return { status: 504 };
        if (effect.kind === "answer-lost") return { lost: true };
      }
      return undefined;
    },
    around: (services) => ({
      ...services,
      async apply(request) {
        const outcome = await services.apply(request);
        if (outcome.diagnostics.some((diagnostic) => diagnostic.severity === "error")) return outcome;
        const operation = request.prior === null ? "create" : request.planned === null ? "delete" : "update";
        const type = request.type.name;
        for (const effect of await struckBy(operation, type, ["slow-answer", "answer-lost", "late"])) {
          if (effect.kind === "slow-answer") await wait(effect.milliseconds);
          else if (effect.kind === "late") late.set(`${type}/${outcome.state?.id}`, effect.reads);
          else
            return {
              state: request.prior,
              diagnostics: [...outcome.diagnostics, lostAnswer(operation, type)],
            };
        }
        return outcome;
      },
      async read(type, provider, current) {
        const key = `${type.name}/${current.id}`;
        const missing = late.get(key) ?? 0;
        if (missing <= 0) return services.read(type, provider, current);
        late.set(key, missing - 1);
        return { state: null, diagnostics: [] };
      },
    }),
  };
}

function matches(fault: FaultRule, operation: Operation, type: string): boolean {
  const pattern = new RegExp(`^${(fault.type ?? "*").replaceAll("*", ".*")}$`);
  return (fault.operations ?? STRIKES[fault.effect.kind]).includes(operation) && pattern.test(type);
}

/** Counts the call and decides; the n-th matching call of a rule with a given seed is always decided alike. */
function strikes(fault: InstalledFault): boolean {
  fault.calls++;
  if (fault.times !== undefined && fault.strikes >= fault.times) return false;
  const { rate = 1, seed = 1 } = fault;
  const hash = createHash("sha256").update(`${seed}/${fault.calls}`).digest();
  if (hash.readUInt32BE() / 2 ** 32 >= rate) return false;
  fault.strikes++;
  return true;
}

const VERBS: { [operation in Operation]: string } = {
  validate: "validating",
  plan: "planning",
  create: "creating",
  read: "reading",
  update: "updating",
  delete: "deleting",
  import: "importing",
};

/** What Google and Atlas say, by status; the reasons are those of google.golang.org/api and the Atlas API. */
const REFUSALS: { [status: number]: { message: string; reason: string } } = {
  403: { message: "The caller does not have permission", reason: "forbidden" },
  429: { message: "Quota exceeded for the number of requests per minute.", reason: "rateLimitExceeded" },
  500: { message: "Internal error encountered.", reason: "backendError" },
  503: { message: "The service is currently unavailable.", reason: "backendError" },
};

function refusal(operation: Operation, type: string, status: number): Diagnostic {
  const { message, reason } = REFUSALS[status] ?? { message: "An injected fault.", reason: "unknown" };
  const error = new ApiError(status, message, reason);
  const text = type.startsWith("mongodbatlas_") ? atlasErrorText(error, "", "") : googleErrorText(error);
  return injected(operation, type, text);
}

const timeOut = (operation: Operation, type: string): Diagnostic =>
  injected(
    operation,
    type,
    "timeout while waiting for state to become 'done: true' (last state: 'done: false')",
  );

const lostAnswer = (operation: Operation, type: string): Diagnostic =>
  injected(operation, type, "unexpected EOF: the connection was lost before the answer arrived");

function injected(operation: Operation, type: string, text: string): Diagnostic {
  return errorDiagnostic(
    `Error ${VERBS[operation]} ${type}: ${text}`,
    "Injected by `groundwork sandbox fault`.",
  );
}
