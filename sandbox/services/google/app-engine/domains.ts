import type { ObjectValue, Value } from "../../../values/value";
import { ApiError } from "../../api-error";
import type { Behaviours, Change } from "../../behaviour";
import { decimalId } from "../../identity/derived";
import { blocksAt, text } from "../../shape/paths";
import { requireApplication } from "./application";

const MAPPING = "google_app_engine_domain_mapping";

/**
 * Domains that lead to an application. Whether their owner was verified is not known here: every domain counts as.
 * Source: google/services/appengine/resource_app_engine_domain_mapping.go, v6.50.0; App Engine documentation, "Mapping
 * custom domains".
 */
export const domainBehaviours: Behaviours = {
  [MAPPING]: {
    computed: {
      name: (scene) => scene.id,
      resource_records: ({ object }) => recordsOf(text(object, "domain_name")),
      ssl_settings: ({ object }) => [
        {
          ssl_management_type: "AUTOMATIC",
          certificate_id: "",
          pending_managed_certificate_id: certificateOf(object),
        },
      ],
      "ssl_settings.certificate_id": () => "",
      // A managed certificate is pending until the domain's records point to Google, which nobody here can see.
      "ssl_settings.pending_managed_certificate_id": ({ object }, ssl) =>
        text(ssl, "ssl_management_type") === "AUTOMATIC" ? certificateOf(object) : "",
    },
    beforeCreate(scene) {
      requireApplication(scene.cloud, scene.project);
      requireCertificate(scene);
      takeOver(scene);
    },
    beforeUpdate: requireCertificate,
    conflict: ({ object }) => alreadyMapped(text(object, "domain_name")),
  },
};

/** A manual certificate is one that was uploaded before, and managed ones can't be chosen. */
function requireCertificate({ object }: Change): void {
  const ssl = blocksAt(object, "ssl_settings")[0];
  if (ssl !== undefined && text(ssl, "ssl_management_type") === "AUTOMATIC" && isGiven(ssl.certificate_id)) {
    throw new ApiError(400, "certificate_id can't be set when SSL management is AUTOMATIC.");
  }
}

function isGiven(certificate: Value | undefined): boolean {
  return typeof certificate === "string" && certificate !== "";
}

/** A domain leads to one application: another's mapping stands in the way, or is taken over. */
function takeOver({ cloud, object, id }: Change): void {
  const domain = text(object, "domain_name");
  const other = cloud
    .list(MAPPING)
    .find((mapping) => text(mapping.attributes, "domain_name") === domain && mapping.id !== id);
  if (other === undefined) return;
  if (text(object, "override_strategy") !== "OVERRIDE") throw alreadyMapped(domain);
  cloud.delete(MAPPING, other.id);
}

function alreadyMapped(domain: string): ApiError {
  return new ApiError(
    409,
    `Domain mapping for '${domain}' already exists. To take the domain over, use the override strategy OVERRIDE.`,
    "alreadyExists",
  );
}

/** What the zone of a domain needs: addresses at its top, an alias below. A name of two labels counts as a zone's top. */
function recordsOf(domain: string): ObjectValue[] {
  const labels = domain.split(".");
  if (labels.length > 2) {
    return [{ name: labels.slice(0, -2).join("."), type: "CNAME", rrdata: "ghs.googlehosted.com." }];
  }
  const four = ["32", "34", "36", "38"].map((part) => ({
    name: "",
    type: "A",
    rrdata: `216.239.${part}.21`,
  }));
  const six = ["32", "34", "36", "38"].map((part) => ({
    name: "",
    type: "AAAA",
    rrdata: `2001:4860:4802:${part}::15`,
  }));
  return [...four, ...six];
}

function certificateOf(object: ObjectValue): string {
  return decimalId(8, "app engine certificate", text(object, "domain_name"));
}
