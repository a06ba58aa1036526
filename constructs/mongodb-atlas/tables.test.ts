import { connectionBudget } from "./connection-budget";
import { atlasRegionOf, googleRegions, isAtlasRegion } from "./regions";
import { compareTiers, isTier, tierNames, tiers } from "./tiers";

test("every region of Atlas's is another of Google's, and found by it", () => {
  const names = Object.values(googleRegions);
  expect(new Set(names).size).toBe(names.length);
  expect(names.every((name) => /^[a-z]+-[a-z]+\d+$/.test(name))).toBe(true);
  expect(atlasRegionOf("europe-west1")).toBe("WESTERN_EUROPE");
  expect(atlasRegionOf("europe-west99")).toBeUndefined();
  expect([isAtlasRegion("CENTRAL_US"), isAtlasRegion("toString")]).toEqual([true, false]);
});

test("a larger tier is larger in everything", () => {
  const facts = tierNames.map((name) => tiers[name]);
  for (const [index, larger] of facts.slice(1).entries()) {
    const smaller = facts[index];
    expect(larger.memoryGb).toBeGreaterThan(smaller?.memoryGb ?? 0);
    expect(larger.connections).toBeGreaterThanOrEqual(smaller?.connections ?? 0);
    expect(larger.hourlyUsd).toBeGreaterThan(smaller?.hourlyUsd ?? 0);
    expect(larger.diskGb[1]).toBeGreaterThanOrEqual(smaller?.diskGb[1] ?? 0);
  }
  expect(compareTiers("M10", "M140")).toBeLessThan(0);
  expect([isTier("M20"), isTier("M5")]).toEqual([true, false]);
});

test("a canary doubles the pools, and 70 % of a node's connections are enough", () => {
  const orders = { name: "orders", maxInstances: 20, poolSize: 20 };
  expect(connectionBudget("M10", [orders])).toEqual({
    limit: 1500,
    used: 800,
    share: 800 / 1500,
    fits: true,
    byConsumer: { orders: 800 },
  });
  const more = connectionBudget("M10", [
    orders,
    { name: "jobs", maxInstances: 1, poolSize: 250, liveVersions: 1 },
  ]);
  expect([more.used, more.fits]).toEqual([1050, true]);
  expect(connectionBudget("M10", [{ ...orders, liveVersions: 3 }]).fits).toBe(false);
});
