import { organisation as example } from "../../environments/organisation";
import { prod } from "../../environments/prod";
import { preflight } from "./preflight";

const organisation = {
  ...example,
  google: { customerId: "C01abc2d3", billingAccount: "01ABCD-23EF45-6789AB" },
  github: { owner: "acme", repository: "platform", ownerId: "1", repositoryId: "2" },
  contacts: { security: "a@acme.example", billing: "b@acme.example", technical: "c@acme.example" },
};
const environment = { ...prod.fields, project: "acme-prod", stateBucket: "acme-prod-tfstate" };
const files: Record<string, string> = {
  "/gcloud/application_default_credentials.json": "{}",
  "/broken.json": "-----BEGIN PRIVATE KEY-----",
};
const look = (env: NodeJS.ProcessEnv, own = { organisation, environment }) =>
  preflight({ ...own, env, textOf: (path) => files[path] });

describe("a look before the cloud is called", () => {
  test("GIVEN the example's values and no credentials THEN all of it is told at once", () => {
    const { problems } = look(
      { CLOUDSDK_CONFIG: "/nowhere" },
      { organisation: example, environment: prod.fields },
    );
    expect(problems.map(({ field }) => field)).toEqual([
      "prod.project",
      "prod.stateBucket",
      "organisation.google.billingAccount",
      "organisation.google.customerId",
      "organisation.github.ownerId",
      "organisation.github.repositoryId",
      "organisation.contacts.security",
      "organisation.contacts.billing",
      "organisation.contacts.technical",
      "credentials",
    ]);
  });

  test("GIVEN credentials of any kind THEN nothing is wrong; GIVEN broken ones THEN that is told without their content", () => {
    expect(look({ CLOUDSDK_CONFIG: "/gcloud" }).problems).toEqual([]);
    expect(look({ GOOGLE_OAUTH_ACCESS_TOKEN: "ya29.x" }).problems).toEqual([]);
    expect(look({ GOOGLE_CREDENTIALS: '{"type":"service_account"}' }).problems).toEqual([]);
    const broken = look({ GOOGLE_APPLICATION_CREDENTIALS: "/broken.json" }).problems;
    expect(broken).toMatchObject([{ field: "GOOGLE_APPLICATION_CREDENTIALS", found: "no JSON" }]);
    expect(JSON.stringify(broken)).not.toContain("PRIVATE KEY");
    expect(look({ GOOGLE_APPLICATION_CREDENTIALS: "/nope" }).problems).toMatchObject([
      { found: "/nope, which is not there" },
    ]);
  });

  test("GIVEN keys of our own THEN the storage account is hinted at, and it is not without them", () => {
    const command = "gcloud storage service-agent --project acme-prod";
    expect(look({ CLOUDSDK_CONFIG: "/gcloud" }).hints.join("\n")).toContain(command);
    const plain = { organisation, environment: { ...environment, encryption: "google" as const } };
    expect(look({ CLOUDSDK_CONFIG: "/gcloud" }, plain).hints.join("\n")).not.toContain(command);
  });
});
