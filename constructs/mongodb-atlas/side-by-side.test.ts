import type { Construct } from "constructs";
import { keyNamed, keyRingNamed } from "../encryption/key-name";
import { synthesized } from "../testing";
import { AccessList } from "./access-list";
import { AtlasAlerts } from "./alerts";
import { AtlasProject } from "./atlas-project";
import { Auditing } from "./auditing";
import { BackupPolicies } from "./backup-plan";
import { BackupSchedule } from "./backup-schedule";
import { CertificateUser } from "./certificate-user";
import { CloudAccess } from "./cloud-access";
import { CompliancePolicy } from "./compliance-policy";
import { CustomRole } from "./custom-role";
import { DatabaseKeeper } from "./database-keeper";
import { DedicatedCluster } from "./dedicated-cluster";
import { EncryptionAtRest } from "./encryption-at-rest";
import { exampleProject, exampleShape } from "./example-cluster";
import { FlexCluster } from "./flex-cluster";
import { NetworkPeering } from "./network-peering";
import { Notify } from "./notification";
import { PrivateLink } from "./private-link";
import { ResourcePolicies, ResourcePolicy } from "./resource-policy";
import { SearchIndex, VectorIndex } from "./search-index";
import { ServiceUser } from "./service-user";
import { SnapshotBucket } from "./snapshot-bucket";

const project = { projectId: "65f1c0a2b7d94e3f8a1c5d21", privateConnections: 3 };
const cluster = {
  project,
  clusterName: "dev-main",
  region: "WESTERN_EUROPE",
  zoneId: "65f1c0a2b7d94e3f8a1c5d24",
  pointInTime: true,
} as const;
const access = { roleId: "65f1c0a2b7d94e3f8a1c5d25", member: "serviceAccount:atlas@example.com" };
const key = keyNamed(keyRingNamed({ project: "shop-dev", location: "europe-west1", name: "main" }), "atlas");
const names = { database: "catalogue", collection: "products", name: "default" };
const network = { project: "shop-dev", region: "europe-west1", network: "dev", subnet: "dev-atlas" };
const production = BackupPolicies.production("EUROPE_WEST_3");
const tell = { P1: [Notify.email("a@b.example")], P2: [Notify.team("t")], P3: [Notify.roles("GROUP_OWNER")] };

/** Every construct of the folder, and the parts that `transform` changes. */
const constructs: Record<
  string,
  { parts: string[]; make: (scope: Construct, id: string, transform: object) => unknown }
> = {
  AccessList: {
    parts: ["entry"],
    make: (scope, id, transform) =>
      new AccessList(scope, id, { project, entries: [{ range: "10.0.0.0/8", comment: "VPC" }], transform }),
  },
  AtlasAlerts: {
    parts: ["alert"],
    make: (scope, id, transform) => new AtlasAlerts(scope, id, { project, tell, transform }),
  },
  AtlasProject: {
    parts: ["project", "maintenance"],
    make: (scope, id, transform) => new AtlasProject(scope, id, { ...exampleProject, transform }),
  },
  Auditing: {
    parts: ["auditing"],
    make: (scope, id, transform) => new Auditing(scope, id, { project, transform }),
  },
  BackupSchedule: {
    parts: ["schedule"],
    make: (scope, id, transform) => new BackupSchedule(scope, id, { cluster, ...production, transform }),
  },
  CertificateUser: {
    parts: ["user"],
    make: (scope, id, transform) =>
      new CertificateUser(scope, id, { cluster, subject: "CN=ada", reads: ["orders"], transform }),
  },
  CloudAccess: {
    parts: ["setup", "authorization"],
    make: (scope, id, transform) => new CloudAccess(scope, id, { project, transform }),
  },
  CompliancePolicy: {
    parts: ["policy"],
    make: (scope, id, transform) =>
      new CompliancePolicy(scope, id, {
        project,
        atLeast: production,
        schedules: [],
        authorised: { email: "a@b.example", firstName: "Ada", lastName: "Bee" },
        irreversible: { signedOffBy: "Ada Bee", reference: "SEC-17" },
        transform,
      }),
  },
  CustomRole: {
    parts: ["role"],
    make: (scope, id, transform) =>
      new CustomRole(scope, id, {
        project,
        name: "r".repeat(64),
        privileges: [{ actions: ["FIND"], database: "d".repeat(63) }],
        transform,
      }),
  },
  DatabaseKeeper: {
    parts: ["role", "user"],
    make: (scope, id, transform) =>
      new DatabaseKeeper(scope, id, {
        cluster,
        roleName: "keeper",
        account: { uniqueId: "123" },
        identityProviderId: "66a04be1d2c93f57b8e6a114",
        transform,
      }),
  },
  DedicatedCluster: {
    parts: ["cluster"],
    make: (scope, id, transform) => new DedicatedCluster(scope, id, { ...exampleShape, project, transform }),
  },
  EncryptionAtRest: {
    parts: ["encryption"],
    make: (scope, id, transform) => new EncryptionAtRest(scope, id, { project, access, key, transform }),
  },
  FlexCluster: {
    parts: ["cluster"],
    make: (scope, id, transform) =>
      new FlexCluster(scope, id, { project, name: "tests", region: "WESTERN_EUROPE", tags: {}, transform }),
  },
  NetworkPeering: {
    parts: ["container", "peering", "back"],
    make: (scope, id, transform) =>
      new NetworkPeering(scope, id, {
        project,
        name: "n".repeat(63),
        network,
        range: "10.64.0.0/16",
        transform,
      }),
  },
  PrivateLink: {
    parts: ["endpoint", "address", "rule", "service"],
    make: (scope, id, transform) =>
      new PrivateLink(scope, id, { project, name: "n".repeat(60), subnet: network, transform }),
  },
  ResourcePolicy: {
    parts: ["policy"],
    make: (scope, id, transform) =>
      new ResourcePolicy(scope, id, {
        organisationId: exampleProject.organisationId,
        name: "n".repeat(64),
        purpose: "Rails",
        statements: [ResourcePolicies.onlyGoogleCloud()],
        transform,
      }),
  },
  SearchIndex: {
    parts: ["index"],
    make: (scope, id, transform) => new SearchIndex(scope, id, { cluster, ...names, transform }),
  },
  ServiceUser: {
    parts: ["role", "user"],
    make: (scope, id, transform) =>
      new ServiceUser(scope, id, {
        cluster,
        roleName: "r".repeat(64),
        database: "d".repeat(63),
        access: "read",
        account: { uniqueId: "123" },
        identityProviderId: "66a04be1d2c93f57b8e6a114",
        transform,
      }),
  },
  SnapshotBucket: {
    parts: ["bucket"],
    make: (scope, id, transform) =>
      new SnapshotBucket(scope, id, { project, access, bucket: { bucketName: "b".repeat(63) }, transform }),
  },
  VectorIndex: {
    parts: ["index"],
    make: (scope, id, transform) => {
      const vectors = [{ path: "embedding", dimensions: 8192, similarity: "cosine" }] as const;
      return new VectorIndex(scope, id, { cluster, ...names, vectors, transform });
    },
  },
};

test.each(Object.entries(constructs))(
  "GIVEN two of %s in one stack WHEN one is transformed THEN every part of that one is, and nothing of the other",
  (_, { parts, make }) => {
    const protect = (config: { lifecycle?: object }) => {
      config.lifecycle = { preventDestroy: true };
    };
    const { resources } = synthesized((stack) => {
      make(stack, "plain", {});
      make(stack, "changed", Object.fromEntries(parts.map((part) => [part, protect])));
    });
    const all = Object.values(resources).flatMap((byId) => Object.entries(byId));
    const changed = all.filter(([, { lifecycle }]) => JSON.stringify(lifecycle)?.includes("prevent_destroy"));
    expect(changed.length).toBeGreaterThanOrEqual(parts.length);
    expect(changed.filter(([id]) => !id.startsWith("changed"))).toEqual([]);
    const [plain, other] = ["plain", "changed"].map((id) => all.filter(([name]) => name.startsWith(id)));
    expect(plain).toHaveLength(other?.length ?? 0);
  },
);
