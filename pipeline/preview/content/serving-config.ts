import { UserError } from "@groundwork/user-error";
import { z } from "zod";

const pattern = { source: z.string().optional(), glob: z.string().optional(), regex: z.string().optional() };

/** The `hosting` part of a `firebase.json`. https://firebase.google.com/docs/hosting/full-config */
const hosting = z.object({
  site: z.string(),
  ignore: z.array(z.string()).default([]),
  cleanUrls: z.boolean().optional(),
  trailingSlash: z.boolean().optional(),
  appAssociation: z.string().optional(),
  headers: z
    .array(z.object({ ...pattern, headers: z.array(z.object({ key: z.string(), value: z.string() })) }))
    .default([]),
  redirects: z
    .array(z.object({ ...pattern, destination: z.string(), type: z.number().optional() }))
    .default([]),
  rewrites: z
    .array(
      z.object({
        ...pattern,
        destination: z.string().optional(),
        run: z.object({ serviceId: z.string(), region: z.string().default("us-central1") }).optional(),
        function: z.object({ functionId: z.string(), region: z.string().optional() }).optional(),
      }),
    )
    .default([]),
});

/** How a version is served, in the API's words. */
export interface ServingConfig {
  readonly [field: string]: unknown;
}

/** What a `firebase.json` says of one site. */
export interface SiteSettings {
  /** The site in Firebase Hosting. */
  site: string;
  /** What is not deployed, as globs. */
  ignore: readonly string[];
  config: ServingConfig;
}

/**
 * Reads a `firebase.json` as the Firebase CLI does: the same settings come to the same version.
 *
 * @param file where it lies, for messages
 * @throws UserError when it can't be read
 * @see https://firebase.google.com/docs/reference/hosting/rest/v1beta1/sites.versions#ServingConfig
 */
export function readSiteSettings(text: string, file: string): SiteSettings {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined;
  }
  const read = z.object({ hosting }).safeParse(json);
  if (!read.success) {
    const problems = read.error.issues.map(({ path, message }) => ({
      field: `${file}: ${path.join(".") || "(all)"}`,
      found: json === undefined ? "no JSON" : "something else",
      expected: message,
    }));
    throw new UserError("A site's settings can't be read.", problems);
  }
  const { site, ignore, cleanUrls, trailingSlash, appAssociation, ...rules } = read.data.hosting;
  return {
    site,
    ignore,
    config: {
      headers: rules.headers.map((entry) => ({
        ...patternOf(entry),
        headers: Object.fromEntries(entry.headers.map(({ key, value }) => [key, value])),
      })),
      redirects: rules.redirects.map((entry) => ({
        ...patternOf(entry),
        location: entry.destination,
        statusCode: entry.type ?? 301,
      })),
      rewrites: rules.rewrites.map((entry) => ({ ...patternOf(entry), ...targetOf(entry) })),
      ...(cleanUrls === undefined ? {} : { cleanUrls }),
      ...(trailingSlash === undefined ? {} : { trailingSlashBehavior: trailingSlash ? "ADD" : "REMOVE" }),
      ...(appAssociation === undefined ? {} : { appAssociation }),
    },
  };
}

function patternOf({
  source,
  glob = source,
  regex,
}: {
  source?: string | undefined;
  glob?: string | undefined;
  regex?: string | undefined;
}) {
  return glob === undefined ? { regex } : { glob };
}

function targetOf({
  destination,
  run,
  function: called,
}: z.infer<typeof hosting>["rewrites"][number]): ServingConfig {
  if (run) return { run };
  if (called === undefined) return { path: destination };
  return { function: called.functionId, ...(called.region ? { functionRegion: called.region } : {}) };
}
