import { grant, interrupts, isFinal, loses, type ResourceTypeTable } from "./resource-type";

/** What the world reaches: gateways, hosting, load balancers, names. */
export const edgeTypes: ResourceTypeTable = {
  google_api_gateway_api: {
    noun: "the API",
    identity: ["project", "api_id"],
    deletion: interrupts("its gateways go with it, and keys for it stop working"),
  },
  google_api_gateway_api_config: {
    noun: "the API's configuration",
    identity: ["project", "api", "api_config_id"],
    deletion: interrupts("no gateway can go back to it"),
    replacement: interrupts("a gateway that uses it stands still unless the new one is there first"),
  },
  google_api_gateway_gateway: {
    noun: "the gateway",
    identity: ["project", "region", "gateway_id"],
    deletion: interrupts("its address is gone; a new gateway gets another one"),
    attributes: [
      {
        path: "api_config",
        when: "changes",
        kind: "downtime",
        text: "requests are answered by another configuration",
      },
    ],
  },
  google_firebase_project: {
    noun: "Firebase of the project",
    identity: ["project"],
    creation: isFinal("a project that has Firebase keeps it"),
    deletion: isFinal("it can't be taken away; Terraform only forgets it"),
  },
  google_firebase_web_app: { noun: "the web app", identity: ["project", "display_name"] },
  google_firebase_hosting_site: {
    noun: "the site",
    identity: ["project", "site_id"],
    deletion: loses("its releases are lost, and its name can be taken by others"),
  },
  google_firebase_hosting_channel: {
    noun: "the channel",
    identity: ["site_id", "channel_id"],
    deletion: interrupts("its address no longer answers"),
  },
  google_firebase_hosting_custom_domain: {
    noun: "the domain",
    identity: ["project", "site_id", "custom_domain"],
    deletion: interrupts("the domain no longer leads to the site"),
  },
  google_dns_managed_zone: {
    noun: "the zone",
    identity: ["project", "name"],
    deletion: interrupts("none of its names resolves"),
    replacement: interrupts(
      "its name servers change: none of its names resolves until the parent zone follows",
    ),
  },
  google_dns_record_set: {
    noun: "the record",
    identity: ["project", "managed_zone", "name", "type"],
    deletion: interrupts("the name no longer resolves"),
  },
  google_compute_global_address: {
    noun: "the address",
    identity: ["project", "name"],
    deletion: interrupts("the address is lost for ever; names point to nothing"),
  },
  google_compute_address: {
    noun: "the address",
    identity: ["project", "region", "name"],
    deletion: interrupts("the address is lost for ever; allow lists of others no longer fit"),
  },
  google_compute_global_forwarding_rule: {
    noun: "the load balancer's entrance",
    identity: ["project", "name"],
    deletion: interrupts("nobody gets in"),
  },
  google_compute_url_map: {
    noun: "the routes",
    identity: ["project", "name"],
    deletion: interrupts("the load balancer has nowhere to send requests"),
  },
  google_compute_backend_service: {
    noun: "the backend",
    identity: ["project", "name"],
    deletion: interrupts("requests for it fail"),
  },
  google_compute_managed_ssl_certificate: {
    noun: "the certificate",
    identity: ["project", "name"],
    deletion: interrupts("browsers are refused; a new one takes up to an hour"),
  },
  google_compute_security_policy: {
    noun: "the security policy",
    identity: ["project", "name"],
    attributes: [{ path: "rule", when: "changes", kind: "access", text: "who gets in changes" }],
  },
  google_iap_web_iam_member: grant("the access", "project"),
};
