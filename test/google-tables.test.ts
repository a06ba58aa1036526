import { gatewayRegions } from "@groundwork/constructs/api-gateway/regions";
import { gatewayRegion } from "../environments/fields";

test("environment files may name exactly the regions in which the constructs make gateways", () => {
  expect([...gatewayRegion.options]).toEqual(gatewayRegions);
});
