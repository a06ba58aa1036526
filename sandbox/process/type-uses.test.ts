import fc from "fast-check";
import { byProvider, usesInHcl, usesInJson, usesInState } from "./type-uses";

const inRoot = (configuration: object) => usesInJson(JSON.stringify(configuration), true);

describe("types in a synthesized configuration", () => {
  test("belong to the provider that the resource names, or to the one that its type names", () => {
    const uses = inRoot({
      resource: {
        google_dns_record_set: {
          one: {},
          two: { provider: "google-beta" },
          three: { provider: "google-beta.eu" },
        },
        mongodbatlas_project: [{ one: {} }],
        terraform_data: { gate: {} },
      },
      data: { google_project: { here: { provider: "google-beta" } } },
    });
    expect(uses).toEqual([
      { kind: "resource", type: "google_dns_record_set", provider: "google" },
      { kind: "resource", type: "google_dns_record_set", provider: "google-beta" },
      { kind: "resource", type: "mongodbatlas_project" },
      { kind: "resource", type: "terraform_data" },
      { kind: "data", type: "google_project", provider: "google-beta" },
    ]);
  });

  test.each([
    [{ g: { source: "registry.terraform.io/hashicorp/google-beta" } }, "google-beta"],
    [[{ g: { source: "hashicorp/google" } }], "google"],
    [{ g: { source: "google" } }, "google"],
    [{ g: { source: "mongodb/mongodbatlas" } }, "mongodbatlas"],
    [{ g: { source: "acme/google" } }, undefined],
    [{ g: {} }, undefined],
    [undefined, undefined],
  ])("GIVEN required providers %j THEN the name g means %s", (required, provider) => {
    const terraform = { required_providers: required };
    expect(inRoot({ terraform, resource: { google_a: { one: { provider: "g" } } } })).toEqual([
      { kind: "resource", type: "google_a", ...(provider ? { provider } : {}) },
    ]);
  });

  test("GIVEN a module's file THEN whose they are is not known: who calls it chooses", () => {
    const text = JSON.stringify({ resource: { google_a: { one: { provider: "google-beta" } } } });
    expect(usesInJson(text, false)).toEqual([{ kind: "resource", type: "google_a" }]);
  });

  test("GIVEN any JSON in the place of its blocks THEN nothing throws", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        usesInJson(JSON.stringify(value), true);
        usesInJson(JSON.stringify({ terraform: value, resource: { google_a: value }, data: value }), true);
      }),
    );
  });
});

test("types in Terraform's native syntax are found by their blocks' labels, whosever they are", () => {
  const text = 'resource "google_a" "x" {}\n  data\t"google_b" "y" {}\nephemeral "google_c" "z" {}';
  expect(usesInHcl(text)).toEqual([
    { kind: "resource", type: "google_a" },
    { kind: "data", type: "google_b" },
  ]);
});

test("types in a state belong to the provider that it names", () => {
  const provider = (source: string) => `provider["registry.terraform.io/${source}"]`;
  const state = {
    version: 4,
    resources: [
      { mode: "managed", type: "google_a", name: "x", provider: provider("hashicorp/google"), instances: [] },
      {
        module: "module.m",
        mode: "data",
        type: "google_b",
        name: "x",
        provider: `module.m.${provider("hashicorp/google-beta")}.eu`,
        instances: [{ attributes: { type: "google_c" } }],
      },
      {
        mode: "managed",
        type: "terraform_data",
        name: "x",
        provider: provider("builtin/terraform"),
        instances: [],
      },
    ],
  };
  for (const indent of [2, 0]) {
    expect(usesInState(JSON.stringify(state, null, indent))).toEqual([
      { kind: "resource", type: "google_a", provider: "google" },
      { kind: "data", type: "google_b", provider: "google-beta" },
      { kind: "resource", type: "google_c" },
      { kind: "resource", type: "terraform_data" },
    ]);
  }
});

test("a type whose provider is not known is told by all of them", () => {
  const found = byProvider([
    { kind: "resource", type: "google_a" },
    { kind: "data", type: "google_b", provider: "google" },
  ]);
  expect(
    [...found.entries()].map(([name, { resources, data }]) => [name, [...resources], [...data]]),
  ).toEqual([
    ["google", ["google_a"], ["google_b"]],
    ["google-beta", ["google_a"], []],
    ["mongodbatlas", ["google_a"], []],
  ]);
});
