import { z } from "zod";
import { atlasRegion, text } from "./fields";

const why = text(/^\S[^\n\r]{4,300}$/, "a sentence that says why");

/** What policies forbid in general and this organisation allows, each entry with its reason. */
export const allowancesSchema = z.strictObject({
  /** Regions that data and services may be in. `global` is always allowed. */
  regions: z.strictObject({
    /** Google's regions, and its names of continents where buckets and keys span two of them: `EU`, `europe`. */
    google: z.array(text(/^[A-Za-z][A-Za-z0-9-]{1,40}$/, "a region such as europe-west1, or EU")),
    /** Atlas's names of regions. */
    atlas: z.array(atlasRegion),
  }),
  /** Routes that everybody may call without a token. */
  publicRoutes: z.array(
    z.strictObject({
      /** Method and path: `GET /healthz`. */
      what: text(/^[A-Z]+ \/[^\s]{0,200}$/, "a method and a path such as GET /healthz"),
      /** Why. */
      why,
    }),
  ),
  /** Grants to everybody. */
  publicGrants: z.array(
    z.strictObject({
      /** The construct's path without the stack: `public-assets/everybody-reads`. */
      what: text(/^[^\s]{1,200}$/, "a construct's path"),
      /** Why. */
      why,
    }),
  ),
});

/** What an organisation allows, valid. */
export type Allowances = z.infer<typeof allowancesSchema>;
