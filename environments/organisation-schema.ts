import { z } from "zod";
import { labelValue, text } from "./fields";

const objectId = text(/^[0-9a-f]{24}$/, "24 hexadecimal digits, as Atlas shows them");

/** What is the same in every environment of one organisation. */
export const organisationSchema = z.strictObject({
  /** Short name, 3 to 14 characters: part of the names that Atlas shows. */
  name: text(
    /^[a-z][a-z0-9-]{1,12}[a-z0-9]$/,
    "3 to 14 lowercase letters, digits and hyphens, starting with a letter",
  ),
  /** Name that people read, at most 60 characters. */
  title: text(/^[^\n\r]{1,60}$/, "one line, at most 60 characters"),
  /** The shop's domain, without `www`. */
  domain: text(/^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/, "a domain name such as shop.example"),
  /** Label: the team that answers for the platform. */
  owner: labelValue,
  /** Label: who pays. */
  costCentre: labelValue,
  /** Where this repository is read; alerts link to its runbooks. */
  repository: z.httpUrl({ error: "an address that starts with https://" }),
  /** MongoDB Atlas, which the organisation has one of. */
  atlas: z.strictObject({
    /** Atlas → Organization Settings → Organization ID. */
    organisationId: objectId,
    /** Atlas → Federation Management → the workload identity provider for Google accounts. */
    identityProviderId: objectId,
  }),
});

/** One organisation, valid. */
export type Organisation = z.infer<typeof organisationSchema>;
