import type { ObjectValue, Value } from "../../values/value";
import { ApiError } from "../api-error";
import type { Behaviours, Change } from "../behaviour";
import { uuid } from "../identity/derived";
import { blocksAt, lastSegment, text } from "../shape/paths";
import { type Reference, requireTargets, userOf } from "./references";

const AUTHORIZATION = "google_certificate_manager_dns_authorization";
const CERTIFICATE = "google_certificate_manager_certificate";
const ENTRY = "google_certificate_manager_certificate_map_entry";
const MAP = "google_certificate_manager_certificate_map";
const PROXY = "google_compute_target_https_proxy";

/**
 * Certificates by host name. A managed one counts as issued at once: whether its DNS record is there can't be seen
 * from here.
 * Source: google/services/certificatemanager/*.go, v6.50.0; Certificate Manager documentation.
 */
export const certificateManagerBehaviours: Behaviours = {
  [AUTHORIZATION]: {
    computed: {
      type: ({ object }) => (text(object, "location") === "global" ? "FIXED_RECORD" : "PER_PROJECT_RECORD"),
      dns_resource_record: (scene) => [recordOf(scene)],
    },
    beforeDelete: refuseWhileNamed("DnsAuthorization", {
      type: CERTIFICATE,
      path: "managed.dns_authorizations",
    }),
  },
  [CERTIFICATE]: {
    computed: {
      san_dnsnames: ({ object }): Value => {
        const [managed] = blocksAt(object, "managed");
        return Array.isArray(managed?.domains) ? managed.domains : [];
      },
    },
    beforeCreate: (scene) => requireTargets(scene, AUTHORIZATION, { path: "managed.dns_authorizations" }),
    beforeDelete: refuseWhileNamed("Certificate", { type: ENTRY, path: "certificates" }),
  },
  [ENTRY]: {
    beforeCreate(scene) {
      const map = `projects/${scene.project}/locations/global/certificateMaps/${lastSegment(text(scene.object, "map"))}`;
      if (scene.cloud.get(MAP, map) === undefined) {
        throw new ApiError(404, `Resource '${map}' was not found`, "notFound");
      }
      requireTargets(scene, CERTIFICATE, { path: "certificates" });
    },
    beforeUpdate: (scene) => requireTargets(scene, CERTIFICATE, { path: "certificates" }),
  },
  [MAP]: {
    beforeDelete(scene) {
      if (scene.cloud.list(ENTRY, `${scene.id}/`).length > 0) {
        throw new ApiError(400, `Resource '${scene.id}' has nested resources`, "failedPrecondition");
      }
      refuseWhileNamed("CertificateMap", { type: PROXY, path: "certificate_map" })(scene);
    },
  },
};

function refuseWhileNamed(what: string, reference: Reference): (scene: Change) => void {
  return (scene) => {
    const user = userOf(scene.cloud, scene.id, [reference]);
    if (user === undefined) return;
    throw new ApiError(
      400,
      `can't delete ${what} '${scene.id}' that is referenced by '${user}'`,
      "failedPrecondition",
    );
  };
}

/** The record that proves who owns a domain: a CNAME to a name that Google makes up. */
function recordOf({ id, object }: Change): ObjectValue {
  const name = uuid(AUTHORIZATION, id);
  const shard = Number.parseInt(name.slice(0, 2), 16) % 16;
  return {
    name: `_acme-challenge.${text(object, "domain")}.`,
    type: "CNAME",
    data: `${name}.${shard}.authorize.certificatemanager.goog.`,
  };
}
