import { Random } from "@groundwork/sandbox/torture/random";
import type { SmallStack } from "../testing/small-platform";

/** A reference, as Terraform reads it in JSON. */
const ref = (expression: string): string => `\${${expression}}`;
const apis = '["iam", "pubsub", "secretmanager"][count.index]';

/** Full hash of a commit that never was. */
export function commitOf(seed: number, trial: number): string {
  const random = new Random(seed * 1_009 + trial);
  return Array.from({ length: 40 }, () => Math.floor(random.next() * 16).toString(16)).join("");
}

/**
 * The code of a commit: three stacks in two waves, of which every commit changes something else. Names that can exist only
 * once are replaced, objects come and go, others are changed in place and refer to what is made in the same run.
 */
export function codeOf(seed: number, trial: number): SmallStack[] {
  const random = new Random(seed * 7_919 + trial);
  const count = () => 1 + Math.floor(random.next() * 4);
  const labels = { commit: `c${trial}` };
  const head = {
    terraform: { required_providers: { google: { source: "hashicorp/google" } } },
    provider: { google: { project: "shop-dev", region: "europe-west1" } },
  };
  const topics = (kind: string, more: object = {}) => ({
    count: count(),
    name: `${kind}-${ref("count.index")}`,
    labels: { ...labels, ...more },
  });
  return [
    {
      stack: "network",
      configuration: {
        ...head,
        resource: {
          google_project_service: {
            api: { count: 3, service: `${ref(apis)}.googleapis.com` },
          },
          google_pubsub_topic: {
            events: { ...topics("network"), depends_on: ["google_project_service.api"] },
          },
        },
      },
    },
    {
      stack: "data",
      after: ["network"],
      configuration: {
        ...head,
        resource: {
          google_service_account: {
            runtime: { count: count(), account_id: `runtime-${ref("count.index")}` },
          },
          google_pubsub_topic: {
            events: topics("data", { owner: ref("google_service_account.runtime[0].account_id") }),
            // Another name is another topic.
            current: { name: `current-${trial % 3}`, labels, depends_on: ["google_service_account.runtime"] },
          },
          google_secret_manager_secret: {
            container: { secret_id: "container", labels, replication: { auto: {} } },
          },
        },
      },
    },
    {
      stack: "release",
      after: ["data"],
      configuration: {
        ...head,
        resource: {
          google_pubsub_topic: {
            first: { name: `first-${trial % 2}`, labels, lifecycle: { create_before_destroy: true } },
            second: topics("release", { first: ref("google_pubsub_topic.first.name") }),
          },
        },
      },
    },
  ];
}
