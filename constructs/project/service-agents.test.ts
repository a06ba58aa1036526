import type { TerraformStack } from "cdktf";
import { Key } from "../encryption/key";
import { keyRingNamed } from "../encryption/key-name";
import { refusals, synthesized } from "../testing";
import { type AskableAgent, ServiceAgents } from "./service-agents";

const agents = (stack: TerraformStack, services: readonly AskableAgent[], id = "agents") =>
  new ServiceAgents(stack, id, { services });

describe("ServiceAgents", () => {
  test("asks Google for each, through the provider that can", () => {
    const { all } = synthesized((stack) => agents(stack, ["secretmanager", "pubsub"]));
    expect(all("google_project_service_identity")).toMatchObject([
      { provider: "google-beta", project: "shop-dev", service: "pubsub.googleapis.com" },
      { provider: "google-beta", project: "shop-dev", service: "secretmanager.googleapis.com" },
    ]);
  });

  test("writes no project number down", () => {
    const { all } = synthesized((stack) => {
      const asked = agents(stack, ["secretmanager"]);
      const ring = keyRingNamed({ project: "shop-dev", location: "global", name: "data" });
      const key = new Key(stack, "key", { ring, name: "secrets" });
      key.grantUse("secrets", asked.of("secretmanager"));
      key.grantUse("storage", asked.cloudStorage);
      expect(() => asked.of("pubsub")).toThrow("the agent of pubsub was not asked for");
    });
    expect(all("google_kms_crypto_key_iam_member").map(({ member }) => member)).toEqual([
      expect.stringMatching(
        /^serviceAccount:\$\{google_project_service_identity\.agents_secretmanager_\w+\.email}$/,
      ),
      expect.stringMatching(
        /^serviceAccount:service-\$\{regex\("\[0-9]\+", google_project_service_identity\..*\)}@gs-project-accounts\.iam/,
      ),
    ]);
  });

  test("refuses an empty list and repetitions", () => {
    const build = (...services: AskableAgent[]) =>
      refusals(() => synthesized((stack) => agents(stack, services)));
    expect(build()).toEqual(["services: at least one service"]);
    expect(build("pubsub", "pubsub")).toEqual(["services[1]: each service once"]);
  });

  test("stands twice in one stack, and hands its configuration to transform last", () => {
    const { all } = synthesized((stack) => {
      agents(stack, ["pubsub"], "one");
      new ServiceAgents(stack, "two", {
        services: ["pubsub"],
        transform: {
          pubsub: (config) => {
            config.project = "shop-other";
          },
        },
      });
    });
    expect(all("google_project_service_identity").map(({ project }) => project)).toEqual([
      "shop-dev",
      "shop-other",
    ]);
  });
});
