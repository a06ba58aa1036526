import { difference, differFrom, environment } from "./difference";
import { prod } from "./prod";
import type { Backups } from "./schema/backups";

const backups = prod.fields.atlas.backups as Backups;

const identity = { name: "dev", project: "shop-dev", stateBucket: "shop-dev-tfstate" };

describe("differFrom", () => {
  test("changes what is named, and nothing else", () => {
    const dev = differFrom(prod, identity, [
      difference("atlas.tier", "M10", "Small."),
      difference("services.orders.env.LOG_LEVEL", "debug", "Read by developers."),
    ]);
    const expected = structuredClone(prod.fields);
    Object.assign(expected, identity);
    expected.atlas.tier = "M10";
    (expected.services.orders as { env: Record<string, string> }).env.LOG_LEVEL = "debug";
    expect(dev.fields).toEqual(expected);
    expect(dev.problems).toEqual([]);
  });

  test("leaves what it differs from as it was", () => {
    const before = structuredClone(prod.fields);
    differFrom(prod, identity, [difference("atlas.backups", { ...backups, yearly: "none" }, "Small.")]);
    expect(prod.fields).toEqual(before);
  });

  test("can differ from an environment that differs itself", () => {
    const staging = differFrom(prod, { ...identity, name: "staging" }, [
      difference("atlas.tier", "M20", "Smaller."),
    ]);
    const dev = differFrom(staging, identity, [difference("atlas.diskGb", 10, "Small.")]);
    expect(dev.fields.atlas).toMatchObject({ tier: "M20", diskGb: 10 });
    expect(dev.base).toBe(staging);
  });

  test("may add an entry that the other lacks", () => {
    const orders = structuredClone(prod.fields.services.orders);
    const dev = differFrom(prod, identity, [
      difference("services.reports", orders as never, "Tried out here."),
    ]);
    expect(Object.keys(dev.fields.services)).toContain("reports");
    expect(dev.problems).toEqual([]);
  });

  const refused = (...differences: Parameters<typeof differFrom>[2]) =>
    differFrom(prod, identity, differences).problems.map(({ field, expected }) => `${field}: ${expected}`);

  test("reports a difference that is none, has no reason, or leads nowhere", () => {
    expect(
      refused(
        difference("atlas.tier", prod.fields.atlas.tier, "The same."),
        difference("atlas.nodes", 5, " "),
        { path: "atlass.diskGb", value: 1, reason: "Mistyped." },
        { path: "atlas.tier.size", value: 1, reason: "Too deep." },
      ),
    ).toEqual([
      "dev.atlas.tier: a value other than prod's, or no difference at all",
      "dev.atlas.nodes: a sentence that says why",
      "dev.atlass.diskGb: a field that prod has",
      "dev.atlas.tier.size: each field to differ once",
    ]);
  });

  test("reports what stands twice, also inside or around another difference", () => {
    expect(
      refused(
        difference("atlas.backups.copyTo", "none", "Cheap."),
        difference("atlas.backups.copyTo", "EUROPE_WEST_4", "Near."),
        difference("atlas.backups", { ...backups, yearly: "none" }, "Short."),
      ),
    ).toEqual([
      "dev.atlas.backups.copyTo: each field to differ once",
      "dev.atlas.backups: each field to differ once",
    ]);
  });

  test("keeps identity out of the differences", () => {
    expect(refused({ path: "project", value: "other", reason: "Sneaky." })).toHaveLength(1);
  });
});

test("paths and values are checked by the compiler", () => {
  // @ts-expect-error there is no such field
  difference("atlas.teir", "M10", "Mistyped.");
  // @ts-expect-error the tier is one of a closed list
  difference("atlas.tier", "M11", "Invented.");
  // @ts-expect-error a number of instances is no string
  difference("services.orders.scaling.maxInstances", "2", "Wrong type.");
  // @ts-expect-error identity is given apart
  difference("project", "shop-dev", "Not a difference.");
  expect(environment(prod.fields).differences).toEqual([]);
});
