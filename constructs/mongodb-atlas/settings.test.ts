import { refusals, synthesized } from "../testing";
import { AtlasProject } from "./atlas-project";
import { Auditing, type AuditingProps } from "./auditing";
import { exampleCluster, exampleProject } from "./example-cluster";
import { ResourcePolicies, ResourcePolicy, type ResourcePolicyProps } from "./resource-policy";
import { SearchIndex, type SearchIndexProps, VectorIndex, type VectorIndexProps } from "./search-index";

describe("Auditing", () => {
  const build = (change: Partial<AuditingProps> = {}) =>
    synthesized((stack) => {
      const project = new AtlasProject(stack, "project", exampleProject);
      new Auditing(stack, "auditing", { project, ...change });
    });

  test("is on, with the changes of rights and structure and with what failed", () => {
    const auditing = build().one("mongodbatlas_auditing");
    expect(auditing).toMatchObject({ enabled: true, audit_authorization_success: false });
    expect(String(auditing.audit_filter)).toContain("createUser");
    expect(JSON.parse(String(auditing.audit_filter))).toHaveProperty("$or");
  });

  test("takes another filter, but not the empty one", () => {
    const filter = { atype: "authenticate" };
    expect(build({ filter, successes: true }).one("mongodbatlas_auditing")).toMatchObject({
      audit_filter: '{"atype":"authenticate"}',
      audit_authorization_success: true,
    });
    expect(refusals(() => build({ filter: {} }))).toEqual([
      "filter: a query; the empty one would audit everything",
    ]);
  });
});

describe("SearchIndex and VectorIndex", () => {
  const names = { database: "catalogue", collection: "products", name: "default" };
  const search = (...indexes: Partial<SearchIndexProps>[]) =>
    synthesized((stack) => {
      const cluster = exampleCluster(stack);
      indexes.forEach((index, at) => {
        new SearchIndex(stack, `search-${at}`, { cluster, ...names, ...index });
      });
    });
  const vector = (change: Partial<VectorIndexProps> = {}) =>
    synthesized((stack) => {
      const vectors = [{ path: "embedding", dimensions: 1024, similarity: "cosine" }] as const;
      new VectorIndex(stack, "vectors", { cluster: exampleCluster(stack), ...names, vectors, ...change });
    });

  test("a search index has every field, or those that it names", () => {
    const { all } = search({}, { name: "titles", fields: { title: { type: "string" } } });
    expect(all("mongodbatlas_search_index")).toEqual([
      expect.objectContaining({ type: "search", mappings_dynamic: true, analyzer: "lucene.standard" }),
      expect.objectContaining({ mappings_dynamic: false, mappings_fields: '{"title":{"type":"string"}}' }),
    ]);
  });

  test("another name, database or collection is another resource, as it can't change in place", () => {
    const idOf = (index: Partial<SearchIndexProps>) =>
      Object.keys(search(index).resources.mongodbatlas_search_index ?? {})[0];
    const ids = [{}, { name: "other" }, { database: "other" }, { collection: "other" }].map(idOf);
    expect(new Set(ids).size).toBe(4);
  });

  test("a vector index compares and filters", () => {
    const index = vector({ filters: ["shop"] }).one("mongodbatlas_search_index");
    expect(index.type).toBe("vectorSearch");
    expect(JSON.parse(String(index.fields))).toEqual([
      { type: "vector", path: "embedding", numDimensions: 1024, similarity: "cosine" },
      { type: "filter", path: "shop" },
    ]);
  });

  test("refuses names that are none and vectors that can't be", () => {
    expect(refusals(() => search({ database: "a b", collection: "system.users", name: "" }))).toHaveLength(3);
    const vectors = [{ path: "embedding", dimensions: 9000, similarity: "cosine" }] as const;
    expect(refusals(() => vector({ vectors }))).toEqual(["vectors.0.dimensions: 1 to 8192"]);
    expect(refusals(() => vector({ vectors: [] }))).toEqual(["vectors: at least one"]);
  });
});

describe("ResourcePolicy", () => {
  const build = (change: Partial<ResourcePolicyProps> = {}) =>
    synthesized((stack) => {
      new ResourcePolicy(stack, "policy", {
        organisationId: exampleProject.organisationId,
        name: "guard rails",
        purpose: "What nobody may do",
        statements: [
          ResourcePolicies.noOpenAccessList(),
          ResourcePolicies.onlyGoogleCloud(),
          ResourcePolicies.onlyRegions("WESTERN_EUROPE", "EUROPE_WEST_3"),
        ],
        ...change,
      });
    });

  test("forbids by statements in Cedar, with Google's names of regions", () => {
    const { policies } = build().one("mongodbatlas_resource_policy") as { policies: { body: string }[] };
    expect(policies).toHaveLength(3);
    expect(policies[0]?.body).toContain('contains(ip("0.0.0.0/0"))');
    expect(policies[2]?.body).toContain('ResourcePolicy::Region::"gcp:europe-west3"');
  });

  test("refuses what is no statement, and none at all", () => {
    expect(refusals(() => build({ statements: ["allow all"] }))).toEqual([
      "statements.0: a Cedar statement: forbid (…) when {…};",
    ]);
    expect(refusals(() => build({ statements: [] }))).toEqual(["statements: at least one"]);
  });
});
