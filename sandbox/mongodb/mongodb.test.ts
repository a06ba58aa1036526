import { mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MongoClient } from "mongodb";
import { openStore, type SandboxStore } from "../store/open-store";
import { type MongoServer, startMongoServer } from "./server";

describe("the sandbox's database, asked by MongoDB's driver", () => {
  let folder: string;
  let store: SandboxStore;
  let server: MongoServer;
  let client: MongoClient;
  const start = async () => {
    store = openStore(folder);
    server = await startMongoServer({ documents: store.documents });
    client = new MongoClient(`mongodb://127.0.0.1:${server.port}`);
  };
  const stop = async () => {
    await client.close();
    await server.close();
    await store.close();
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "gw-mongodb-"));
    await start();
  });
  beforeEach(() => store.reset());
  afterAll(async () => {
    await stop();
    rmSync(folder, { recursive: true });
  });

  interface Order {
    _id: number;
    state?: string | undefined;
    total?: number;
    customer?: { name: string };
    tags?: string[];
  }
  const orders = () => client.db("shop").collection<Order>("orders");
  const ids = async (filter: object) =>
    (await orders().find(filter).sort({ _id: 1 }).toArray()).map(({ _id }) => _id);

  test("WHEN documents are looked for THEN by equality, comparison, in arrays and below", async () => {
    await orders().insertMany([
      { _id: 1, state: "open", total: 5, tags: ["new", "web"] },
      { _id: 2, state: "paid", total: 7.5, customer: { name: "Ann" } },
      { _id: 3, total: 20, customer: { name: "Bob" }, tags: [] },
    ]);
    const cases: [object, number[]][] = [
      [{ state: "open" }, [1]],
      [{ total: { $gte: 7.5 } }, [2, 3]],
      [{ total: { $gt: 5, $lt: 20 } }, [2]],
      [{ "customer.name": "Ann" }, [2]],
      [{ tags: "web" }, [1]],
      [{ state: { $exists: false } }, [3]],
      [{ state: null }, [3]],
      [{ state: { $ne: "open" } }, [2, 3]],
      [{ _id: { $in: [1, 3] } }, [1, 3]],
      [{ _id: { $nin: [1, 3] } }, [2]],
      [{ $or: [{ state: "open" }, { total: 20 }] }, [1, 3]],
      [{ state: /^P/i }, [2]],
      [{ state: { $not: { $regex: "^o" } } }, [2, 3]],
    ];
    for (const [filter, expected] of cases) expect([filter, await ids(filter)]).toEqual([filter, expected]);
    expect(
      await orders()
        .find({}, { projection: { total: 1 }, sort: { total: -1 }, skip: 1, limit: 1 })
        .toArray(),
    ).toEqual([{ _id: 2, total: 7.5 }]);
    expect(await orders().distinct("state")).toEqual(["open", "paid"]);
  });

  test("WHEN documents change THEN as they should, and it is told how many", async () => {
    await orders().insertOne({ _id: 1, total: 1 });
    expect(
      await orders().updateOne({ _id: 1 }, { $inc: { total: 2 }, $set: { "customer.name": "Ann" } }),
    ).toMatchObject({
      matchedCount: 1,
      modifiedCount: 1,
    });
    expect(
      await orders().updateOne({ _id: 2 }, { $setOnInsert: { total: 9 } }, { upsert: true }),
    ).toMatchObject({
      upsertedId: 2,
    });
    expect(await orders().replaceOne({ _id: 2 }, { state: "new" })).toMatchObject({ modifiedCount: 1 });
    expect(await orders().find().sort({ _id: 1 }).toArray()).toEqual([
      { _id: 1, total: 3, customer: { name: "Ann" } },
      { _id: 2, state: "new" },
    ]);
    await expect(orders().insertOne({ _id: 1 })).rejects.toMatchObject({ code: 11000 });
    expect((await orders().deleteMany({ _id: { $gt: 1 } })).deletedCount).toBe(1);
    expect(await client.db("shop").listCollections().toArray()).toMatchObject([{ name: "orders" }]);
    await orders().drop();
    expect((await client.db().admin().listDatabases()).databases).toEqual([]);
  });

  test("WHEN something is asked that it can't do THEN it says so", async () => {
    await orders().insertOne({ _id: 1 });
    await expect(
      orders()
        .find({ place: { $near: [1, 2] } })
        .toArray(),
    ).rejects.toThrow("sandbox's database knows no $near");
    await expect(
      orders()
        .aggregate([{ $lookup: {} }])
        .toArray(),
    ).rejects.toThrow("no stage $lookup");
    await expect(client.db("shop").command({ collStats: "orders" })).rejects.toMatchObject({ code: 59 });
  });

  test("WHEN the sandbox is started again THEN everything is still there", async () => {
    await orders().insertOne({ _id: 7, tags: ["ü".repeat(2_000)] });
    await stop();
    await start();
    expect(await orders().findOne({ _id: 7 })).toEqual({ _id: 7, tags: ["ü".repeat(2_000)] });
  });

  test("GIVEN a token WHEN somebody comes without it, or with another THEN nothing is told", async () => {
    const guarded = await startMongoServer({ documents: store.documents, token: "t0ken" });
    const asked = async (credentials: string) => {
      const sign = credentials && "authMechanism=PLAIN&authSource=%24external";
      const stranger = new MongoClient(`mongodb://${credentials}127.0.0.1:${guarded.port}/?${sign}`);
      try {
        return (await stranger.db("shop").command({ count: "orders" })).ok;
      } catch (error) {
        return (error as { code?: number }).code;
      } finally {
        await stranger.close();
      }
    };
    expect([await asked(""), await asked("ann:wrong@"), await asked("ann:t0ken@")]).toEqual([13, 18, 1]);
    await guarded.close();
  });

  test("WHEN something else connects, a browser for instance THEN it is turned away", async () => {
    const socket = connect(server.port, "127.0.0.1");
    socket.on("error", () => {});
    const closed = new Promise((resolve) => socket.once("close", resolve));
    socket.write("POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/plain\r\n\r\n");
    await closed;
  });
});
