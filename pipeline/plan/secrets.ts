import type { Diagnostic } from "../terraform/messages";
import type { ChangeJson, Json, PlanJson } from "../terraform/plan-json";
import { SecretMask, shortestSecret } from "./secret-mask";

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
  const names = /(PASSWORD|SECRET|PRIVATE|TOKEN|CREDENTIALS|API_KEY|DIGEST_KEY)/;
  const values = Object.entries(env)
    .filter(([name]) => names.test(name))
    .map(([, value]) => value ?? "");
  return new Set(values.filter((value) => value.length >= 8 && !value.startsWith("/")));
}

/** The text with every secret replaced. */
export function maskSecrets(text: string, secrets: Iterable<string>): string {
  return new SecretMask(secrets).apply(text);
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

/** A key's line is a secret of its own: documents are compared and cut line by line. Shorter ones are braces and words. */
const shortestLine = 16;

function collectAll(value: Json, secrets: Set<string>): void {
  if (typeof value === "number") secrets.add(String(value));
  if (typeof value === "string" && value.length >= shortestSecret) {
    secrets.add(value);
    const lines = value.split("\n").map((line) => line.trim());
    if (lines.length > 1) for (const line of lines) if (line.length >= shortestLine) secrets.add(line);
    // As it stands inside a quoted text, in a document, in an address.
    secrets.add(JSON.stringify(value).slice(1, -1));
    secrets.add(Buffer.from(value).toString("base64"));
    if (!/\p{Surrogate}/u.test(value)) secrets.add(encodeURIComponent(value));
  } else if (typeof value === "object" && value !== null) {
    for (const part of Object.values(value)) collectAll(part, secrets);
  }
}
