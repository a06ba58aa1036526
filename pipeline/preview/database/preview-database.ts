import { setTimeout as wait } from "node:timers/promises";
import type { MongoClient, MongoClientOptions } from "mongodb";
import { RunFailed } from "../../run-failed";
import type { PreviewDatabase, PreviewPlace } from "../contract";
import { type ClusterAddress, clusterAddress } from "./cluster-address";
import { type Fixture, readFixtures } from "./fixtures";

/** `pr_12`: no other database is ever written to, dropped or listed. */
const previewName = /^pr_[1-9]\d{0,6}$/;
const duplicateKey = 11_000;
const usualPatience = 15_000;
/** Milliseconds until a cluster has to know a new user, and between two attempts. */
const userPatience = 120_000;
const userPause = 2_000;
/** `AuthenticationFailed`, and what Atlas says instead: https://www.mongodb.com/docs/manual/reference/error-codes/ */
const unknownUser = new Set([18, 8000]);
/** Seconds; Google's last an hour. https://cloud.google.com/docs/authentication/token-types#id */
const tokenLife = 3_000;

/**
 * Databases of previews, through MongoDB's own driver. Nothing is connected before it is needed.
 *
 * @param place where the cluster is
 */
export function previewDatabase(
  place: Pick<PreviewPlace, "target" | "env" | "loaded" | "bucket" | "note">,
  {
    patience = usualPatience,
  }: { /** Milliseconds until a cluster counts as not there. @default 15000 */ patience?: number } = {},
): PreviewDatabase {
  const atAtlas = place.target === "cloud";
  const shared = new Connection(() => clusterAddress(place), { patience, atAtlas });
  return {
    async seed(name, folder, cluster) {
      refuseOthers(name);
      const { BSON } = await import("mongodb");
      const fixtures = await readFixtures(folder, (text) => BSON.EJSON.parse(text));
      const own =
        cluster === undefined
          ? undefined
          : new Connection(() => clusterAddress(place, cluster), { patience, atAtlas, newUser: atAtlas });
      try {
        const added = await (own ?? shared).use(`seed ${name}`, (client) => seedAll(client, name, fixtures));
        place.note(`${name}: ${added} documents added`);
      } finally {
        await own?.close();
      }
    },
    async drop(name) {
      refuseOthers(name);
      return shared.use(`drop ${name}`, async (client) => {
        const present = (await databaseNames(client)).includes(name);
        if (present) await client.db(name).dropDatabase();
        return present;
      });
    },
    list: () => shared.use("list databases", databaseNames),
    close: () => shared.close(),
  };
}

interface ConnectionOptions {
  /** Milliseconds until a cluster counts as not there. */
  patience: number;
  atAtlas: boolean;
  /** Whether the user may be so new that the cluster doesn't know it yet. @default false */
  newUser?: boolean;
}

/** A connection that is opened when it is needed. */
class Connection {
  private client: Promise<MongoClient> | undefined;

  constructor(
    private readonly address: () => Promise<ClusterAddress>,
    private readonly options: ConnectionOptions,
  ) {}

  /** @throws RunFailed when the cluster refuses or doesn't answer; nothing of it holds credentials */
  async use<T>(what: string, work: (client: MongoClient) => Promise<T>): Promise<T> {
    const { MongoError, MongoServerSelectionError } = await import("mongodb");
    try {
      this.client ??= this.open();
      return await work(await this.client);
    } catch (error) {
      // The next attempt looks for the cluster anew.
      await this.close();
      if (!(error instanceof MongoError)) throw error;
      // Atlas doesn't answer addresses that it doesn't let in.
      const advice =
        this.options.atAtlas && error instanceof MongoServerSelectionError
          ? " Is this machine's address among atlas.access.ranges of environments/preview.ts?"
          : "";
      throw new RunFailed(`The database of previews, ${what}: ${withoutCredentials(error.message)}${advice}`);
    }
  }

  async close(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    await client?.then(
      (open) => open.close(),
      () => {},
    );
  }

  /** A user that was just made isn't known to the cluster before Atlas has told it. */
  private async open(): Promise<MongoClient> {
    const { MongoServerError } = await import("mongodb");
    const end = performance.now() + (this.options.newUser ? userPatience : 0);
    for (;;) {
      try {
        return await this.connect();
      } catch (error) {
        const isUnknown = error instanceof MongoServerError && unknownUser.has(Number(error.code));
        if (!isUnknown || performance.now() > end) throw error;
        await wait(userPause);
      }
    }
  }

  private async connect(): Promise<MongoClient> {
    const { MongoClient } = await import("mongodb");
    const { uri, signIn } = await this.address();
    const client = new MongoClient(uri, {
      appName: "groundwork-preview",
      maxPoolSize: 4,
      serverSelectionTimeoutMS: this.options.patience,
      ...(signIn ? oidc(signIn) : {}),
    });
    return client.connect();
  }
}

/** https://www.mongodb.com/docs/drivers/node/current/security/authentication/oidc/ */
function oidc(signIn: () => Promise<string>): MongoClientOptions {
  return {
    authMechanism: "MONGODB-OIDC",
    authSource: "$external",
    authMechanismProperties: {
      OIDC_CALLBACK: async () => ({ accessToken: await signIn(), expiresInSeconds: tokenLife }),
    },
  };
}

/** @returns how many documents were added */
async function seedAll(client: MongoClient, name: string, fixtures: readonly Fixture[]): Promise<number> {
  const added = await Promise.all(
    fixtures.map(async ({ collection, documents }) => {
      if (documents.length === 0) return 0;
      const { MongoBulkWriteError } = await import("mongodb");
      try {
        await client
          .db(name)
          .collection(collection)
          .insertMany([...documents], { ordered: false });
        return documents.length;
      } catch (error) {
        if (!(error instanceof MongoBulkWriteError)) throw error;
        // What is there stays as it is.
        const refused = [error.writeErrors].flat();
        if (refused.some(({ code }) => code !== duplicateKey)) throw error;
        return documents.length - refused.length;
      }
    }),
  );
  return added.reduce((sum, count) => sum + count, 0);
}

async function databaseNames(client: MongoClient): Promise<string[]> {
  const filter = { name: { $regex: previewName.source } };
  const { databases } = await client.db("admin").admin().listDatabases({ nameOnly: true, filter });
  return databases.map(({ name }) => name).filter((name) => previewName.test(name));
}

/** @throws Error for any name but a preview's: that would be a mistake of ours */
function refuseOthers(name: string): void {
  if (!previewName.test(name)) throw new Error(`${name} is no database of a preview`);
}

const withoutCredentials = (text: string): string => text.replace(/\/\/[^@/\s]*@/g, "//");
