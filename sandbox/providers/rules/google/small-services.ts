import { parseDuration } from "../../go-values/duration";
import type { RuleSet } from "../../hooks/rule-set";
import { codeOfText, textOf } from "../../sdk/legacy-values";
import { asObject } from "../reading";
import { lastPart, nothingIs } from "./links";

const SIGNATURES: { [name: string]: string } = {
  EC_SIGN_P256_SHA256: "ECDSA_P256_SHA256",
  EC_SIGN_P384_SHA384: "ECDSA_P384_SHA384",
  EC_SIGN_P521_SHA512: "ECDSA_P521_SHA512",
};

/** A length of time without zeros that say nothing. */
function shortDuration(text: string): string {
  const trimmed = text.replace(/^0+/, "");
  return trimmed.includes(".") ? `${trimmed.replace(/s$/, "").replace(/0+$/, "")}s` : trimmed;
}

function sameDuration(before: string, after: string): boolean {
  const length = parseDuration(before);
  return length !== undefined && length === parseDuration(after);
}

const isNumber = (text: string) => /^[+-]?\d+$/.test(text);

/** Services with a rule or two each, google/services/<first part of the name> */
export const smallServices: RuleSet = {
  suppress: {
    "binaryauthorization.CompareSignatureAlgorithm": (_, before, after) =>
      (SIGNATURES[before] ?? before) === (SIGNATURES[after] ?? after),
    "chronicle.chronicleRuleDeploymentNilRunFrequencyDiffSuppressFunc": (_key, _before, after) =>
      after === "",
    "cloudtasks.suppressOmittedMaxDuration": (_, before, after) =>
      (before === "" && after === "0s") || sameDuration(before, after),
    "datastream.resourceDataStreamStreamCreateWithoutValidationDiffSuppress": (_, before, after) =>
      nothingIs("false", before, after),
    // The service adds a last field to an index.
    "firestore.firestoreIFieldsDiffSuppress": (key, _before, _after, data) => {
      const { before, after } = data.getChange("fields.#");
      const [old, now] = [Number(before), Number(after)];
      if (old !== now + 1) return false;
      const last = data.getChange(`fields.${old - 1}.field_path`).before;
      const given = data.getChange(`fields.${now - 1}.field_path`).after;
      return (
        last === "__name__" &&
        given !== "__name__" &&
        (key === "fields.#" || key.startsWith(`fields.${old - 1}`))
      );
    },
    "gkehub.suppressGkeHubEndpointSelfLinkDiff": (_, before, after) =>
      before.replace(/^\/\/container\.googleapis\.com\//, "") === after,
    "kms.folderPrefixSuppress": (_, before, after) =>
      `folders/${before}` === after || `folders/${after}` === before,
    // A project's number instead of its id.
    "monitoring.resourceMonitoringMonitoredProjectNameDiffSuppress": (_, before, after) => {
      if (before === "" || after === "") return false;
      const [a, b] = [lastPart(before), lastPart(after)];
      return a === b || isNumber(a) !== isNumber(b);
    },
    "osconfig.compareDuration": (_, before, after) => sameDuration(before, after),
    "pubsub.comparePubsubSubscriptionExpirationPolicy": (_, before, after) =>
      shortDuration(before) === shortDuration(after),
    "sourcerepo.SourceRepoRepositoryDiffSuppress": (_, before, after) => {
      const parts = before.split(/projects\/[^/]+\/repos\//);
      return parts.length === 2 ? parts[1] === after : before === after;
    },
  },
  state: {
    "#google_logging_folder_sink folder": (value) => textOf(value).replace("folders/", ""),
    "#google_logging_organization_sink org_id": (value) => textOf(value).replace("organizations/", ""),
  },
  codes: {
    "sourcerepo.resourceSourceRepoRepositoryPubSubConfigsHash": (element) => {
      const { topic, message_format, service_account_email } = asObject(element);
      return codeOfText(
        [lastPart(textOf(topic)), message_format, service_account_email].map((part) => `${part}-`).join(""),
      );
    },
    "spanner.replicasHash": (element) => {
      const { location, type } = asObject(element);
      return codeOfText(`${textOf(location)}-${textOf(type)}-`.toLowerCase());
    },
  },
  validate: {
    "privilegedaccessmanager.validateDeletedPrincipals": (value, key) =>
      textOf(value).startsWith("deleted:")
        ? `Terraform does not support IAM policies for deleted principals: ${key}`
        : undefined,
    "privilegedaccessmanager.validateEntitlementId": (value, key) =>
      /^[a-z][a-z0-9-]{3,62}$/.test(textOf(value))
        ? undefined
        : `Entitlement Id should be 4-63 characters, and valid characters are '[a-z]', '[0-9]', and '-'. The first character should be from [a-z]. : ${key}`,
    "storage.validateRoleEntityPair": (value) =>
      textOf(value).split(":").length === 2
        ? undefined
        : `Role entity pairs must be formatted as 'ROLE:entity': ${textOf(value)}`,
  },
};
