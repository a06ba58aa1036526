import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { admitSynthesis, knownProviders } from "./admit-synthesis";
import { problemsInConfiguration } from "./problems-in-configuration";

const configuration = {
  "//": { metadata: { version: "0.21.0" } },
  terraform: {
    backend: { gcs: { bucket: "b", prefix: "data" } },
    required_providers: { google: { source: "google", version: "6.50.0" } },
    required_version: ">= 1.11",
  },
  provider: { google: [{ project: "p", region: "r", default_labels: { a: "b" } }] },
  resource: {
    google_storage_bucket: {
      one: { name: "n", lifecycle: { prevent_destroy: true } },
      two: { name: `\${google_storage_bucket.one.name}-2`, content: "Show me the file(s) of $5" },
    },
  },
};
type Part = Record<string, unknown>;
const problems = (part: Part) =>
  problemsInConfiguration("dev-data", JSON.stringify({ ...configuration, ...part }), knownProviders);

describe("a configuration that somebody else's code wrote", () => {
  test("GIVEN one as stacks write it THEN it is planned", () => {
    expect(problems({})).toEqual([]);
  });

  test.each<[string, Part, string]>([
    ["a program as data", { data: { external: { x: { program: ["sh"] } } } }, "dev-data.data"],
    ["data of a known provider", { data: { google_client_config: { x: {} } } }, "dev-data.data"],
    ["a module", { module: { x: { source: "git::https://example.com" } } }, "dev-data.module"],
    ["ephemeral values", { ephemeral: { x: {} } }, "dev-data.ephemeral"],
    [
      "a provider of a stranger",
      { terraform: { required_providers: { x: { source: "stranger/google" } } } },
      "dev-data.terraform.required_providers.x",
    ],
    [
      "a provider of another registry",
      { terraform: { required_providers: { google: { source: "example.com/hashicorp/google" } } } },
      "dev-data.terraform.required_providers.google",
    ],
    [
      "another backend",
      { terraform: { backend: { http: { address: "https://x" } } } },
      "dev-data.terraform.backend",
    ],
    [
      "a backend at another address",
      { terraform: [{ backend: [{ gcs: { bucket: "b", storage_custom_endpoint: "https://x" } }] }] },
      "dev-data.terraform.backend.gcs.storage_custom_endpoint",
    ],
    ["HCP Terraform", { terraform: { cloud: {} } }, "dev-data.terraform.cloud"],
    [
      "a provider that is sent elsewhere",
      { provider: { google: { storage_custom_endpoint: "https://x" } } },
      "dev-data.provider.google.storage_custom_endpoint",
    ],
    [
      "Atlas at another address",
      { provider: { mongodbatlas: [{}, { base_url: "https://x" }] } },
      "dev-data.provider.mongodbatlas.base_url",
    ],
    [
      "a provisioner",
      { resource: { google_storage_bucket: { one: [{ provisioner: [{ "local-exec": {} }] }] } } },
      "dev-data.google_storage_bucket.one.provisioner",
    ],
    [
      "a file of the machine",
      { output: { x: { value: `\${file("/proc/self/environ")}` } } },
      "dev-data.output.x.value",
    ],
    ["a file in a directive", { locals: { x: `%{ if fileexists ("/x") }a%{ endif }` } }, "dev-data.locals.x"],
    ["a template", { locals: [{ x: [`a \${upper(templatefile("a", {}))}`] }] }, "dev-data.locals.0.x.0"],
    ["what is sensitive", { output: { x: { value: `\${nonsensitive(a.b.c)}` } } }, "dev-data.output.x.value"],
    ["a provider's function", { locals: { x: `\${provider::local::direxists("/")}` } }, "dev-data.locals.x"],
  ])("GIVEN %s THEN it is refused", (_what, part, field) => {
    expect(problems(part).map((problem) => problem.field)).toContain(field);
  });

  test("GIVEN no JSON THEN refused", () => {
    expect(problemsInConfiguration("dev-data", "{", knownProviders)).toMatchObject([{ expected: "JSON" }]);
  });
});

describe("the folder of something synthesized", () => {
  let folder: string;
  const stack = {
    name: "dev-data",
    environment: "dev",
    stack: "data",
    dependsOn: [],
    project: "p",
    workingDirectory: "stacks/dev-data",
    backend: { bucket: "b", prefix: "data" },
    providers: {},
  };
  const overview = (...stacks: object[]) =>
    writeFileSync(join(folder, "groundwork.json"), JSON.stringify({ version: 1, stacks }));
  const own = (name: string) => join(folder, "stacks", "dev-data", name);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "synthesized-"));
    mkdirSync(own("assets"), { recursive: true });
    writeFileSync(own("assets/main.tf"), "only uploaded");
    writeFileSync(own("cdk.tf.json"), "{}");
    writeFileSync(own(".terraform.lock.hcl"), "");
    overview(stack);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test("GIVEN what synthesis writes THEN its stacks", () => {
    expect(admitSynthesis(folder)).toMatchObject([{ name: "dev-data", state: "gs://b/data" }]);
  });

  test("GIVEN more than that THEN refused", () => {
    cpSync(own("assets/main.tf"), own("more.tf"));
    symlinkSync("/etc/hostname", own("assets/link"));
    expect(() => admitSynthesis(folder)).toThrow(
      /stacks.dev-data.assets.link: found a link; expected a file/,
    );
    rmSync(own("assets/link"));
    expect(() => admitSynthesis(folder)).toThrow(/dev-data: found more\.tf/);
  });

  test.each([
    ["a folder elsewhere", { workingDirectory: "../../etc" }],
    ["a name that is an option", { name: "--target", workingDirectory: "stacks/--target" }],
    ["a name with more in it", { name: "dev-$(id)", workingDirectory: "stacks/dev-$(id)" }],
    ["another environment's credentials", { environment: "prod" }],
  ])("GIVEN %s THEN refused", (_what, part) => {
    overview({ ...stack, ...part });
    expect(() => admitSynthesis(folder)).toThrow("is not planned with credentials");
  });

  test("GIVEN no folder THEN the user is told", () => {
    expect(() => admitSynthesis(join(folder, "x"))).toThrow("There is nothing synthesized.");
  });
});
