import { initFingerprint } from "./data-folder";
import { terraformEnvironment } from "./environment";

describe("Terraform's environment", () => {
  test("GIVEN variables that would change what Terraform does THEN they don't reach it, others do", () => {
    const own = {
      TF_CLI_ARGS_plan: "-destroy",
      TF_WORKSPACE: "other",
      TF_DATA_DIR: "/x",
      TF_REATTACH_PROVIDERS: "{}",
      STORAGE_EMULATOR_HOST: "http://localhost:1",
      TF_LOG: "trace",
      HOME: "/home/ann",
    };
    expect(terraformEnvironment(own, {})).toEqual({
      TF_LOG: "trace",
      HOME: "/home/ann",
      TF_IN_AUTOMATION: "1",
      TF_INPUT: "0",
      CHECKPOINT_DISABLE: "1",
    });
  });

  test("GIVEN a target THEN its variables win", () => {
    const target = { STORAGE_EMULATOR_HOST: "http://127.0.0.1:9", GOOGLE_CREDENTIALS: "" };
    expect(terraformEnvironment({ GOOGLE_CREDENTIALS: "key" }, target)).toMatchObject(target);
  });
});

describe("what `terraform init` has to do again", () => {
  const terraform = { product: "Terraform", version: "1.11.4" } as const;
  const configuration = { terraform: { backend: { gcs: { bucket: "a" } } }, resource: { a: 1 } };
  const of = (change: object, binary: Parameters<typeof initFingerprint>[1] = terraform) =>
    initFingerprint(JSON.stringify({ ...configuration, ...change }), binary);

  test("GIVEN other resources THEN nothing", () => {
    expect(of({ resource: { b: 2 } })).toBe(of({}));
  });

  test.each([
    ["backend", of({ terraform: { backend: { gcs: { bucket: "b" } } } })],
    ["version", of({}, { product: "Terraform", version: "1.12.0" })],
    ["product", of({}, { product: "OpenTofu", version: "1.11.4" })],
  ])("GIVEN another %s THEN all of it", (_what, fingerprint) => {
    expect(fingerprint).not.toBe(of({}));
  });
});
