import { judgedBy, ref } from "../testing";
import { loadBalancerIsGuarded } from "./s16-load-balancer-is-guarded";

describe("S16", () => {
  test("GIVEN no load balancer WHEN judged THEN it is not applicable", () => {
    expect(judgedBy(loadBalancerIsGuarded, {})).toEqual("not applicable");
  });

  test("GIVEN a guarded one WHEN judged THEN it is compliant", () => {
    expect(
      judgedBy(loadBalancerIsGuarded, {
        "google_compute_ssl_policy.p": { profile: "MODERN", min_tls_version: "TLS_1_2" },
        "google_compute_target_https_proxy.x": { ssl_policy: ref("google_compute_ssl_policy.p.id") },
        "google_compute_backend_service.b": { log_config: { enable: true }, security_policy: "armor" },
      }),
    ).toEqual("compliant");
  });

  test("GIVEN plain HTTP that only redirects WHEN judged THEN it is compliant", () => {
    expect(
      judgedBy(loadBalancerIsGuarded, {
        "google_compute_target_http_proxy.x": { url_map: ref("google_compute_url_map.m.id") },
        "google_compute_url_map.m": { default_url_redirect: { https_redirect: true } },
      }),
    ).toEqual("compliant");
  });

  test("GIVEN everything by default WHEN judged THEN it is not compliant", () => {
    expect(
      judgedBy(loadBalancerIsGuarded, {
        "google_compute_ssl_policy.p": {},
        "google_compute_target_https_proxy.x": {},
        "google_compute_target_http_proxy.h": {},
        "google_compute_backend_service.b": {},
      }),
    ).toEqual([
      "min_tls_version",
      "profile",
      "ssl_policy",
      "url_map",
      "log_config.enable",
      "security_policy",
    ]);
  });
});
