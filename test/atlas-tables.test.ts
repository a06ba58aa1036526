import { googleRegions } from "@groundwork/constructs/mongodb-atlas/regions";
import { flexLimits, tierNames, tiers } from "@groundwork/constructs/mongodb-atlas/tiers";
import { flexMonthlyUsd, replicaSetHourlyUsd } from "@groundwork/pipeline/report/list-prices";
import { connectionsByTier } from "@groundwork/policies/synth/s32-connections-fit";
import { atlasRegion, atlasTier } from "../environments/fields";

test("environment files may name exactly the Atlas regions and tiers that the constructs know", () => {
  expect([...atlasRegion.options].sort()).toEqual(Object.keys(googleRegions).sort());
  expect([...atlasTier.options]).toEqual(tierNames);
});

test("reports tell the prices that the constructs know", () => {
  const hourly = tierNames.map((name) => [name, tiers[name].hourlyUsd]);
  expect(Object.entries(replicaSetHourlyUsd)).toEqual(hourly);
  expect(flexMonthlyUsd).toBe(flexLimits.monthlyUsd);
});

test("rules count with the connections that the constructs know", () => {
  const connections = tierNames.map((name) => [name, tiers[name].connections]);
  expect(Object.entries(connectionsByTier)).toEqual(connections);
});
