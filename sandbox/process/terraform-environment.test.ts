import { terraformEnvironment } from "./terraform-environment";

const answer = {
  id: 1,
  reattach: {
    inUse: '{"registry.terraform.io/hashicorp/google":{"Pid":1}}',
    all: '{"registry.terraform.io/hashicorp/google":{"Pid":2}}',
  },
  state: { port: 4711, token: "t0ken" },
  mongodb: { port: 4712 },
};

test("leads Terraform and OpenTofu to the sandbox", () => {
  const environment = terraformEnvironment(answer, "in-use", {});
  expect(JSON.parse(environment.TF_REATTACH_PROVIDERS ?? "")).toEqual({
    "registry.terraform.io/hashicorp/google": { Pid: 1 },
    "registry.opentofu.org/hashicorp/google": { Pid: 1 },
  });
  expect(environment.STORAGE_EMULATOR_HOST).toBe("http://sandbox:t0ken@127.0.0.1:4711");
  expect(terraformEnvironment(answer, "all", {}).TF_REATTACH_PROVIDERS).toContain('"Pid":2');
});

test("leads the Firebase CLI and drivers of MongoDB to the sandbox too", () => {
  const environment = terraformEnvironment(answer, "in-use", { FIREBASE_TOKEN: "real" });
  expect(environment).toMatchObject({
    FIREBASE_HOSTING_API_URL: "http://127.0.0.1:4711/~t0ken/firebasehosting.googleapis.com",
    FIREBASE_TOKEN_URL: "http://127.0.0.1:4711/~t0ken/www.googleapis.com",
    FIREBASE_TOKEN: "groundwork-sandbox",
  });
  expect(environment.GROUNDWORK_MONGODB_URI).toContain("sandbox:t0ken@127.0.0.1:4712");
});

test("leaves no credential of the user in force", () => {
  const user = {
    GOOGLE_APPLICATION_CREDENTIALS: "/home/me/key.json",
    GOOGLE_OAUTH_ACCESS_TOKEN: "real",
    GOOGLE_IMPERSONATE_SERVICE_ACCOUNT: "me@real",
    MONGODB_ATLAS_PRIVATE_KEY: "real",
    HOME: "/home/me",
  };
  const merged = { ...user, ...terraformEnvironment(answer, "in-use", user) };
  expect(Object.values(merged).filter((value) => /real|key\.json/.test(value))).toEqual([]);
  expect(merged.HOME).toBe("/home/me");
});

test("hides a configuration file of Terraform's that doesn't exist, and keeps one that does", () => {
  const missing = terraformEnvironment(answer, "in-use", { TF_CLI_CONFIG_FILE: "/no/such/file" });
  expect(missing.TF_CLI_CONFIG_FILE).toBe("");
  const there = terraformEnvironment(answer, "in-use", { TF_CLI_CONFIG_FILE: __filename });
  expect(there.TF_CLI_CONFIG_FILE).toBeUndefined();
});

test("lets Terraform collect garbage rarely, unless the user says how often", () => {
  expect(terraformEnvironment(answer, "in-use", {}).GOGC).toBe("400");
  expect(terraformEnvironment(answer, "in-use", { GOGC: "50" }).GOGC).toBe("50");
});
