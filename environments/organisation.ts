import type { Organisation } from "./organisation-schema";

/** The shop: what is the same in every environment. */
export const organisation: Organisation = {
  name: "hazelwick",
  title: "Hazelwick Garden Supply",
  domain: "hazelwick.example",
  owner: "platform-team",
  costCentre: "online-shop",
  repository: "https://github.com/hazelwick/platform",
  atlas: {
    organisationId: "65f1c0a2b7d94e3f8a1c5d20",
    identityProviderId: "66a04be1d2c93f57b8e6a114",
  },
};
