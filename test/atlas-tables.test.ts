import { googleRegions } from "@groundwork/constructs/mongodb-atlas/regions";
import { tierNames } from "@groundwork/constructs/mongodb-atlas/tiers";
import { atlasRegion, atlasTier } from "../environments/fields";

test("environment files may name exactly the Atlas regions and tiers that the constructs know", () => {
  expect([...atlasRegion.options].sort()).toEqual(Object.keys(googleRegions).sort());
  expect([...atlasTier.options]).toEqual(tierNames);
});
