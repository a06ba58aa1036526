import type { Problem } from "@groundwork/user-error";

/** What a configuration may have at all: whatever else Terraform knows can run programs, read files or ask strangers. */
const blocks = new Set([
  "//",
  "terraform",
  "provider",
  "resource",
  "output",
  "locals",
  "variable",
  "moved",
  "import",
  "removed",
]);
const settings = new Set(["backend", "required_providers", "required_version"]);
const backendSettings = new Set(["bucket", "prefix"]);
/** Neither credentials nor addresses: a provider that is sent elsewhere takes the token along. */
const providerSettings = new Set([
  "alias",
  "project",
  "region",
  "zone",
  "billing_project",
  "user_project_override",
  "default_labels",
  "add_terraform_attribution_label",
]);
/** They read files of the machine, run a provider's code, or show what is sensitive. */
const functions =
  /\b(file|filebase64|fileexists|fileset|file(?:base64)?(?:md5|sha1|sha256|sha512)|templatefile|templatestring|pathexpand|abspath|nonsensitive)\s*\(|\bprovider::/;

/** An object of the configuration; a list of one is the same in Terraform's JSON. */
type Block = { readonly [name: string]: unknown };

/**
 * Why a stack's configuration must not be planned with credentials, when somebody else's code wrote it.
 *
 * @param stack its name, for the problems
 * @param configuration content of `cdk.tf.json`
 * @param providers addresses that are known, such as `registry.terraform.io/hashicorp/google`
 */
export function problemsInConfiguration(
  stack: string,
  configuration: string,
  providers: ReadonlySet<string>,
): Problem[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(configuration);
  } catch {
    return [{ field: stack, found: "something else", expected: "JSON" }];
  }
  const whole = asBlock(parsed);
  return [
    ...unknownNames(`${stack}`, whole, blocks),
    ...blocksIn(whole.terraform).flatMap((one) => inTerraform(`${stack}.terraform`, one, providers)),
    ...Object.entries(asBlock(whole.provider)).flatMap(([name, configured]) =>
      blocksIn(configured).flatMap((one) => unknownNames(`${stack}.provider.${name}`, one, providerSettings)),
    ),
    ...Object.entries(asBlock(whole.resource)).flatMap(([type, ofType]) =>
      Object.entries(asBlock(ofType)).flatMap(([id, resource]) =>
        inResource(`${stack}.${type}.${id}`, resource),
      ),
    ),
    ...inTexts(stack, whole),
  ];
}

function inTerraform(field: string, terraform: Block, providers: ReadonlySet<string>): Problem[] {
  const required = blocksIn(terraform.required_providers).flatMap((one) => Object.entries(one));
  return [
    ...unknownNames(field, terraform, settings),
    ...blocksIn(terraform.backend).flatMap((backend) =>
      Object.entries(backend).flatMap(([kind, configured]) =>
        kind === "gcs"
          ? blocksIn(configured).flatMap((one) => unknownNames(`${field}.backend.gcs`, one, backendSettings))
          : [{ field: `${field}.backend`, found: kind, expected: "gcs" }],
      ),
    ),
    ...required.flatMap(([name, wanted]) => {
      const address = fullAddress(asBlock(wanted).source);
      if (address !== undefined && providers.has(address)) return [];
      return [
        {
          field: `${field}.required_providers.${name}`,
          found: address ?? "no source",
          expected: `a provider that is in use already: ${[...providers].join(", ") || "there is none"}`,
        },
      ];
    }),
  ];
}

/** Terraform runs these while it applies; nothing of ours has them. */
function inResource(field: string, resource: unknown): Problem[] {
  return blocksIn(resource).flatMap((one) =>
    ["provisioner", "connection"].filter((name) => name in one).map((name) => refused(field, name)),
  );
}

function inTexts(field: string, value: unknown): Problem[] {
  if (typeof value === "string") {
    const found = /[$%]\{/.test(value) ? functions.exec(value)?.[0] : undefined;
    return found === undefined
      ? []
      : [{ field, found: `${found.trim()} …`, expected: "none that reads files" }];
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inside]) => [
    ...inTexts(`${field}.${name}`, name),
    ...inTexts(`${field}.${name}`, inside),
  ]);
}

function unknownNames(field: string, block: Block, known: ReadonlySet<string>): Problem[] {
  return Object.keys(block)
    .filter((name) => !known.has(name))
    .map((name) => refused(field, name));
}

function refused(field: string, name: string): Problem {
  return { field: `${field}.${name}`, found: "it", expected: "none: it is not planned with credentials" };
}

function fullAddress(source: unknown): string | undefined {
  if (typeof source !== "string") return undefined;
  const parts = source.split("/");
  return [...["registry.terraform.io", "hashicorp"].slice(0, Math.max(0, 3 - parts.length)), ...parts].join(
    "/",
  );
}

function blocksIn(value: unknown): Block[] {
  return value === undefined ? [] : (Array.isArray(value) ? value : [value]).map(asBlock);
}

/** What is no object has nothing in it that Terraform would run; Terraform itself refuses it. */
function asBlock(value: unknown): Block {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Block) : {};
}
