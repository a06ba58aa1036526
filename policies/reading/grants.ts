import { blocksOf, textAt, textsOf, textsWithin, valueAt } from "./json";
import type { Resource, SynthesizedEnvironment } from "./synthesized";

/** One role, given to somebody on something. */
export interface Grant {
  readonly resource: Resource;
  readonly role: string;
  /** As Google writes them, `serviceAccount:…`, or a reference. */
  readonly members: readonly string[];
  /** `resource`: one bucket, one secret; everything else holds for whatever lies inside. */
  readonly scope: "project" | "folder" | "organization" | "resource";
}

const wide = /^google_(project|folder|organization)_iam_(member|binding|policy)$/;
const any = /_iam_(member|binding|policy)$/;

/** Every role that an environment's code gives to somebody. */
export function grantsOf(environment: SynthesizedEnvironment): Grant[] {
  return environment.resources
    .filter(({ type }) => any.test(type))
    .flatMap((one) => grants(one, environment));
}

function grants(resource: Resource, environment: SynthesizedEnvironment): Grant[] {
  const scope = (wide.exec(resource.type)?.[1] ?? "resource") as Grant["scope"];
  if (resource.type.endsWith("_policy")) return policyGrants(resource, scope, environment);
  const role = textAt(resource.values, "role") ?? "";
  const members = [...textsOf(resource.values.member), ...textsOf(resource.values.members)];
  return [{ resource, role, members, scope }];
}

/** The roles of a whole policy, where its text or its data source stands in the code. */
function policyGrants(
  resource: Resource,
  scope: Grant["scope"],
  environment: SynthesizedEnvironment,
): Grant[] {
  const data = textAt(resource.values, "policy_data") ?? "";
  const document = environment.referred(resource.stack, data)?.values ?? parsed(data);
  return blocksOf(valueAt(document, "binding") ?? valueAt(document, "bindings")).map((binding) => ({
    resource,
    role: textAt(binding, "role") ?? "",
    members: textsOf(binding.members),
    scope,
  }));
}

function parsed(text: string) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether a member is an account for programs; also one that is only referred to. */
export function isServiceAccount(member: string): boolean {
  return (
    /^(deleted:)?serviceAccount:/.test(member) ||
    /^principal(Set)?:\/\//.test(member) ||
    /\$\{\s*(data\.)?google_(service_account|project_service_identity)[._]/.test(member)
  );
}

/** Id of the account that a member is: `ci-plan`. Undefined where the code doesn't tell. */
export function accountIdOf(
  member: string,
  from: Resource,
  environment: SynthesizedEnvironment,
): string | undefined {
  const literal = /^serviceAccount:([a-z0-9-]+)@[a-z0-9-]+\.iam\.gserviceaccount\.com$/.exec(member)?.[1];
  return literal ?? textAt(environment.referred(from.stack, member)?.values, "account_id");
}

/** Whether a member is everybody. */
export function isEverybody(member: string): boolean {
  return /^(allUsers|allAuthenticatedUsers)$/i.test(member);
}

/** Texts inside a resource that mean everybody, with where they stand. */
export function everybodyWithin(resource: Resource): { path: string; text: string }[] {
  const { "//": _metadata, ...values } = resource.values;
  return textsWithin(values).filter(({ text }) => isEverybody(text));
}
