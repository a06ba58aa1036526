import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MongoClient } from "mongodb";
import { loadEnvironments } from "../../../environments/load";
import type { PreviewDatabase } from "../contract";
import { previewDatabase } from "./preview-database";
import { type TrialServer, trialServers } from "./testing";

const [loaded] = loadEnvironments();
if (loaded === undefined) throw new Error("no environment");

describe.each([...trialServers])("databases of previews in %s", (_name, start) => {
  let folder: string;
  let server: TrialServer;
  let client: MongoClient;
  let database: PreviewDatabase;
  const notes: string[] = [];
  const placeAt = (uri: string) => ({
    target: "sandbox" as const,
    env: { GROUNDWORK_MONGODB_URI: uri },
    loaded,
    bucket: () => {
      throw new Error("not asked");
    },
    note: (line: string) => notes.push(line),
  });
  const write = (name: string, text: string) => writeFileSync(join(folder, "fixtures", name), text);

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "gw-database-"));
    server = await start();
    client = new MongoClient(server.uri);
    database = previewDatabase(placeAt(server.uri));
  });
  beforeEach(async () => {
    for (const name of ["shop", "pr_0", ...(await database.list())]) await client.db(name).dropDatabase();
    rmSync(join(folder, "fixtures"), { recursive: true, force: true });
    mkdirSync(join(folder, "fixtures"));
  });
  afterAll(async () => {
    await Promise.all([database.close(), client.close()]);
    await server.close();
    rmSync(folder, { recursive: true });
  });

  test("GIVEN fixtures WHEN seeded, twice THEN they are there once, and what a reviewer changed stays", async () => {
    write(
      "orders.json",
      '[{"_id":1,"state":"open","total":{"$numberDecimal":"9.90"}},{"_id":2,"at":{"$date":"2026-01-02T03:04:05Z"}}]',
    );
    write("customers.json", '[{"_id":{"$oid":"66a04be1d2c93f57b8e6a114"},"name":"Ann"}]');
    await database.seed("pr_12", join(folder, "fixtures"));
    const orders = client.db("pr_12").collection<{ _id: number; state?: string; at?: Date }>("orders");
    expect(await orders.countDocuments()).toBe(2);
    expect((await orders.findOne({ _id: 2 }))?.at).toEqual(new Date("2026-01-02T03:04:05Z"));
    await orders.updateOne({ _id: 1 }, { $set: { state: "paid" } });
    write("orders.json", '[{"_id":1,"state":"open"},{"_id":3}]');
    await database.seed("pr_12", join(folder, "fixtures"));
    expect((await orders.findOne({ _id: 1 }))?.state).toBe("paid");
    expect(await orders.countDocuments()).toBe(3);
    expect(notes.at(-1)).toBe("pr_12: 1 documents added");
  });

  test("GIVEN several databases WHEN one is dropped, twice THEN the others stay, and only previews' are listed", async () => {
    write("orders.json", '[{"_id":1}]');
    for (const name of ["pr_1", "pr_12", "pr_123"]) await database.seed(name, join(folder, "fixtures"));
    await client.db("shop").collection("orders").insertOne({ from: "somebody else" });
    await client.db("pr_0").collection("orders").insertOne({});
    expect(await database.list()).toEqual(["pr_1", "pr_12", "pr_123"]);
    expect(await database.drop("pr_12")).toBe(true);
    expect(await database.drop("pr_12")).toBe(false);
    expect(await database.list()).toEqual(["pr_1", "pr_123"]);
    expect(await client.db("shop").collection("orders").countDocuments()).toBe(1);
  });

  test("GIVEN a name that is no preview's WHEN seeded or dropped THEN nothing is touched", async () => {
    await client.db("shop").collection("orders").insertOne({});
    for (const name of ["shop", "pr_", "pr_012", "pr_1x", "admin", "xpr_1"]) {
      await expect(database.drop(name)).rejects.toThrow("no database of a preview");
      await expect(database.seed(name, join(folder, "fixtures"))).rejects.toThrow("no database of a preview");
    }
    expect(await client.db("shop").collection("orders").countDocuments()).toBe(1);
  });

  test("GIVEN fixtures that are none WHEN seeded THEN everything that is wrong is told, nothing is seeded", async () => {
    write("good.json", '[{"_id":1}]');
    write("bad.json", "{");
    write("one.json", '{"_id":1}');
    write("anonymous.json", '[{"_id":1},{"name":"Ann"}]');
    write("system.users.json", "[]");
    const seeding = database.seed("pr_12", join(folder, "fixtures"));
    await expect(seeding).rejects.toThrow(
      /anonymous\.json\[1\][\s\S]*bad\.json[\s\S]*one\.json[\s\S]*system\.users/,
    );
    await expect(database.seed("pr_12", join(folder, "none"))).rejects.toThrow("no fixtures");
    expect(await database.list()).toEqual([]);
  });

  test("GIVEN a database that doesn't answer WHEN asked THEN the reason is told without the password", async () => {
    const stranger = previewDatabase(placeAt(server.uri.replace(/\/\/[^/]*/, "//ann:wr0ng@127.0.0.1:1")), {
      patience: 200,
    });
    await expect(stranger.list()).rejects.toThrow(/^The database of previews, list databases: (?!.*wr0ng)/);
    await stranger.close();
  });
});
