import { join } from "node:path";
import type { z } from "zod";
import { allowancesSchema } from "../../environments/allowances-schema";
import { deliverySchema } from "../../environments/delivery-schema";
import { environmentSchema } from "../../environments/environment";
import { organisationSchema } from "../../environments/organisation-schema";
import { releaseSchema } from "../../environments/release-manifest";
import { docstringsOf } from "./docstrings";
import { fieldsOf } from "./fields";

const parts = [
  {
    title: "organisation.ts",
    text: "What is the same in every environment.",
    file: "organisation-schema.ts",
    name: "organisationSchema",
    schema: organisationSchema,
  },
  {
    title: "prod.ts, and what the others differ in",
    text: [
      "`prod.ts` is written out in full. Every other environment is another one with a name, project and state bucket of",
      'its own and named differences: `difference("atlas.tier", "M10", "why")`. The compiler knows the paths and the types;',
      "what equals the other environment's value, or has no reason, is refused.",
    ].join("\n"),
    file: "environment.ts",
    name: "environmentSchema",
    schema: environmentSchema,
  },
  {
    title: "releases/<environment>.json",
    text: [
      "What runs, changed by commits. A version's id follows from its content: artifact, settings and account; a wrong one is",
      "refused with the right one. `latest` is the newest artifact with the environment's present settings: where `traffic`",
      "names it, a changed setting takes over at once; elsewhere it becomes a version beside the old one, without traffic.",
    ].join("\n"),
    file: "release-manifest.ts",
    name: "releaseSchema",
    schema: releaseSchema,
  },
  {
    title: "delivery.ts",
    text: "Which ref may deploy where, when, and who has to agree.",
    file: "delivery-schema.ts",
    name: "deliverySchema",
    schema: deliverySchema,
  },
  {
    title: "allowances.ts",
    text: "What policies forbid in general and this organisation allows.",
    file: "allowances-schema.ts",
    name: "allowancesSchema",
    schema: allowancesSchema,
  },
] as const;

/**
 * `docs/infra/config.md`: every field of the files in `environments/`, from their schemas and docstrings.
 *
 * @param root the repository
 */
export function configDocument(root: string): string {
  const sections = parts.map(({ title, text, file, name, schema }) =>
    [
      `## ${title}`,
      "",
      text,
      "",
      ...table(schema, docstringsOf(join(root, "environments", file), name)),
    ].join("\n"),
  );
  return [
    "# Configuration",
    "",
    "Everything that a team edits stands in `environments/`. All of it is checked before anything is synthesized; every",
    "problem is told at once, with the field's path, what was found and what is allowed.",
    "",
    "`*` stands for a name of your choice, `[]` for each entry of a list. This page is made by `npm run docs`.",
    "",
    ...sections.flatMap((section) => [section, ""]),
  ]
    .join("\n")
    .trimEnd()
    .concat("\n");
}

function table(schema: z.ZodType, docstrings: ReadonlyMap<string, string>): string[] {
  const rows = fieldsOf(schema).map(({ path, allowed = "" }) => {
    const cells = [`\`${path}\``, docstrings.get(path) ?? "", allowed].map((cell) =>
      cell.replaceAll("|", "\\|"),
    );
    return `| ${cells.join(" | ")} |`;
  });
  return ["| Field | Meaning | Allowed |", "|---|---|---|", ...rows];
}
