import type { Diagnostic } from "../terraform/messages";
import type { ChangeJson, Json, PlanJson } from "../terraform/plan-json";

const hidden = "(sensitive)";
/** Shorter texts (`true`, `8`) are everywhere; replacing them would make output unreadable and hide nothing. */
const shortestSecret = 6;

/** The values that a plan marks as sensitive, wherever they stand, so that messages can be cleared of them. */
export function secretsOf(plan: PlanJson): Set<string> {
  const secrets = new Set<string>();
  const changes: ChangeJson[] = [
    ...(plan.resource_changes ?? []).map(({ change }) => change),
    ...(plan.resource_drift ?? []).map(({ change }) => change),
    ...Object.values(plan.output_changes ?? {}),
  ];
  for (const change of changes) {
    collect(change.before ?? null, change.before_sensitive ?? false, secrets);
    collect(change.after ?? null, change.after_sensitive ?? false, secrets);
  }
  return secrets;
}

/** Credentials that Terraform's providers read from the environment. */
export function secretsOfEnvironment(env: NodeJS.ProcessEnv): Set<string> {
  const names = /(PASSWORD|SECRET|PRIVATE|TOKEN|CREDENTIALS|API_KEY)/;
  const values = Object.entries(env)
    .filter(([name]) => names.test(name))
    .map(([, value]) => value ?? "");
  return new Set(values.filter((value) => value.length >= 8 && !value.startsWith("/")));
}

/** The text with every secret replaced. */
export function maskSecrets(text: string, secrets: Iterable<string>): string {
  const longestFirst = [...secrets].sort((a, b) => b.length - a.length);
  return longestFirst.reduce((masked, secret) => masked.replaceAll(secret, hidden), text);
}

/** Terraform's messages with every secret replaced: a provider may quote what it was given. */
export function maskDiagnostics(diagnostics: readonly Diagnostic[], secrets: Iterable<string>): Diagnostic[] {
  return JSON.parse(maskSecrets(JSON.stringify(diagnostics), secrets)) as Diagnostic[];
}

function collect(value: Json, marks: Json, secrets: Set<string>): void {
  if (marks === true) collectAll(value, secrets);
  if (typeof marks !== "object" || marks === null || typeof value !== "object" || value === null) return;
  for (const [key, mark] of Object.entries(marks)) {
    collect((value as { [key: string]: Json })[key] ?? null, mark, secrets);
  }
}

function collectAll(value: Json, secrets: Set<string>): void {
  if (typeof value === "string" && value.length >= shortestSecret) {
    secrets.add(value);
    // As it stands inside a quoted text.
    secrets.add(JSON.stringify(value).slice(1, -1));
  } else if (typeof value === "object" && value !== null) {
    for (const part of Object.values(value)) collectAll(part, secrets);
  }
}
