import { z } from "zod";
import { domainName, text } from "../fields";

const origin = text(
  /^https:\/\/(\*\.)?[a-z0-9.-]{1,200}(:\d{2,5})?$/,
  "an origin: https:// and a host, without a path",
);

/** A Firebase Hosting site. */
export const site = z.strictObject({
  /** Name of the web app in the Firebase console. */
  title: text(/^[^\n\r]{1,100}$/, "one line, at most 100 characters"),
  /** The site's own domain; `"none"` leaves `<site>.web.app`. */
  domain: z.union([z.literal("none"), domainName], { error: '"none", or a domain name' }),
  /** Every path that is no file shows `index.html`, as single-page applications need. */
  singlePage: z.boolean({ error: "true or false" }),
  /** Paths that lead elsewhere; the first that fits counts. */
  redirects: z.array(
    z.strictObject({
      /** Paths, as a glob, or with parts to keep: `/blog/:post*`. */
      from: text(/^\/[^\s]{0,200}$/, "a path that starts with /"),
      /** A path of the site, or an address. */
      to: text(
        /^(\/|https:\/\/)[^\s]{0,300}$/,
        "a path that starts with /, or an address that starts with https://",
      ),
    }),
  ),
  /** Origins other than its own and the APIs' that the pages may talk to; they go into the Content-Security-Policy. */
  connect: z.array(origin),
  /** What the pages read from `/config.json`, beside the addresses of the APIs. Never a secret: everybody can read it. */
  settings: z.record(
    text(/^[a-z][A-Za-z0-9]{0,63}$/, "a name such as supportPhone"),
    z.union([z.string(), z.number(), z.boolean()], { error: "a string, a number, true or false" }),
  ),
});
export type Site = z.infer<typeof site>;
