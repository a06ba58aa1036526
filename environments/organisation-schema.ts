import { z } from "zod";
import { domainName, labelValue, text } from "./fields";

const objectId = text(/^[0-9a-f]{24}$/, "24 hexadecimal digits, as Atlas shows them");
const githubId = text(/^[1-9]\d{0,14}$/, "a number, as GitHub's API shows it");
const email = z.email({ error: "an e-mail address" });

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
  domain: domainName,
  /** Label: the team that answers for the platform. */
  owner: labelValue,
  /** Label: who pays. */
  costCentre: labelValue,
  /** This repository on GitHub: what its workflows may log in as, and where alerts link to its runbooks. */
  github: z.strictObject({
    /** Organisation or user that owns the repository. */
    owner: text(/^[A-Za-z0-9][A-Za-z0-9-]{0,38}$/, "a name on GitHub"),
    /** Name of the repository. */
    repository: text(/^[A-Za-z0-9._-]{1,100}$/, "a repository's name"),
    /** Number of the owner, which no later owner of the name gets: `gh api users/OWNER --jq .id`. */
    ownerId: githubId,
    /** Number of the repository: `gh api repos/OWNER/REPOSITORY --jq .id`. */
    repositoryId: githubId,
  }),
  /** Google Cloud, which the organisation has one of. */
  google: z.strictObject({
    /** Customer id of the directory, whose accounts alone may be given access: Admin console → Account settings. */
    customerId: text(/^C[0-9a-z]{6,12}$/, "a customer id such as C01abc2d3"),
    /** Account that pays, which budgets belong to. */
    billingAccount: text(
      /^[0-9A-F]{6}-[0-9A-F]{6}-[0-9A-F]{6}$/,
      "a billing account such as 01ABCD-23EF45-6789AB",
    ),
  }),
  /** Whom Google writes to. */
  contacts: z.strictObject({
    /** Of vulnerabilities and abuse. */
    security: email,
    /** Of bills and budgets. */
    billing: email,
    /** Of outages and of products that end. */
    technical: email,
  }),
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
