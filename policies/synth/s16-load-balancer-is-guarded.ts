import { isTrue, textAt, valueAt } from "../reading/json";
import type { Resource, SynthesizedEnvironment } from "../reading/synthesized";
import type { SynthRule, Violation } from "../rule";

const types = {
  policies: ["google_compute_ssl_policy", "google_compute_region_ssl_policy"],
  proxies: ["google_compute_target_https_proxy", "google_compute_region_target_https_proxy"],
  plain: ["google_compute_target_http_proxy", "google_compute_region_target_http_proxy"],
  backends: ["google_compute_backend_service", "google_compute_region_backend_service"],
};

export const loadBalancerIsGuarded: SynthRule = {
  id: "S16",
  title: "Load balancers speak TLS 1.2 or newer, write logs, and stand behind Cloud Armor",
  why: "It is the front door.",
  mapsTo: ["CIS 3.9"],
  check: (environment) => {
    const all = environment.all(...Object.values(types).flat());
    if (all.length === 0) return "not applicable";
    return [
      ...environment.all(...types.policies).flatMap(encryption),
      ...environment.all(...types.proxies).flatMap(proxy),
      ...environment.all(...types.plain).flatMap((one) => plain(one, environment)),
      ...environment.all(...types.backends).flatMap(backend),
    ];
  },
};

function encryption(policy: Resource): Violation[] {
  const version = textAt(policy.values, "min_tls_version");
  const profile = textAt(policy.values, "profile");
  return [
    ...(version === "TLS_1_2" || version === "TLS_1_3"
      ? []
      : [policy.violation("min_tls_version", version ?? "TLS 1.0, the default", 'set it to "TLS_1_2"')]),
    ...(profile === "MODERN" || profile === "RESTRICTED"
      ? []
      : [policy.violation("profile", profile ?? "COMPATIBLE, the default", 'set it to "MODERN"')]),
  ];
}

function proxy(one: Resource): Violation[] {
  if (textAt(one.values, "ssl_policy")) return [];
  return [one.violation("ssl_policy", "Google's default: TLS 1.0 and old ciphers", "name an SSL policy")];
}

function plain(one: Resource, environment: SynthesizedEnvironment): Violation[] {
  const map = environment.referred(one.stack, textAt(one.values, "url_map") ?? "");
  if (map && isTrue(map.values, "default_url_redirect.https_redirect")) return [];
  return [one.violation("url_map", "answers over plain HTTP", "let its URL map only redirect to HTTPS")];
}

function backend(one: Resource): Violation[] {
  return [
    ...(isTrue(one.values, "log_config.enable")
      ? []
      : [one.violation("log_config.enable", "requests are not logged", "set it to true")]),
    ...(valueAt(one.values, "security_policy")
      ? []
      : [one.violation("security_policy", "no Cloud Armor policy", "name one")]),
  ];
}
