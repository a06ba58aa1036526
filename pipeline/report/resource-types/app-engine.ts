import { interrupts, isFinal, opens, type ResourceTypeFacts, type ResourceTypeTable } from "./resource-type";

const version: ResourceTypeFacts = {
  noun: "the version",
  identity: ["project", "service", "version_id"],
  deletion: interrupts("it can't be rolled back to, and requests that it still gets fail"),
  replacement: interrupts("the service stands still between the old one and the new one"),
  attributes: [
    {
      path: "deployment",
      when: "changes",
      kind: "downtime",
      text: "its code is exchanged under way, at once",
    },
    {
      path: "runtime",
      when: "changes",
      kind: "downtime",
      text: "its runtime is exchanged under way, at once",
    },
    { path: "env_variables", when: "changes", kind: "downtime", text: "it is deployed again, at once" },
  ],
};

/** App Engine. @see https://cloud.google.com/appengine/docs */
export const appEngineTypes: ResourceTypeTable = {
  google_app_engine_application: {
    noun: "the App Engine application",
    identity: ["project"],
    creation: isFinal("a project has one for ever, and its region can't change"),
    deletion: isFinal("it can't be deleted without its project; Terraform only forgets it"),
    attributes: [
      {
        path: "location_id",
        when: "changes",
        kind: "irreversible",
        text: "the region can't change; the plan will fail",
      },
      {
        path: "serving_status",
        when: "changes",
        kind: "downtime",
        text: "all services start or stop answering",
      },
      {
        path: "iap.enabled",
        when: "is turned off",
        kind: "access",
        text: "everybody can reach the services",
      },
    ],
  },
  google_app_engine_standard_app_version: version,
  google_app_engine_flexible_app_version: version,
  google_app_engine_service_split_traffic: {
    noun: "the traffic split",
    identity: ["project", "service"],
    attributes: [
      { path: "split.allocations", when: "changes", kind: "downtime", text: "requests go to other versions" },
      { path: "service", when: "changes", kind: "downtime", text: "requests of another service are split" },
    ],
  },
  google_app_engine_service_network_settings: {
    noun: "the service's ingress",
    identity: ["project", "service"],
    attributes: [
      {
        path: "network_settings.ingress_traffic_allowed",
        when: "changes",
        kind: "access",
        text: "who can reach the service changes",
      },
    ],
  },
  google_app_engine_firewall_rule: {
    noun: "the firewall rule",
    identity: ["project", "priority"],
    deletion: opens("who can reach the services changes"),
    creation: opens("who can reach the services changes"),
  },
  google_app_engine_domain_mapping: {
    noun: "the domain",
    identity: ["project", "domain_name"],
    deletion: interrupts("the domain no longer leads to the services"),
  },
  google_app_engine_application_url_dispatch_rules: {
    noun: "the dispatch rules",
    identity: ["project"],
    deletion: interrupts("requests go to the default service"),
    attributes: [
      { path: "dispatch_rules", when: "changes", kind: "downtime", text: "requests go to other services" },
    ],
  },
};
