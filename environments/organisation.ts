import type { Organisation } from "./organisation-schema";

/** The shop: what is the same in every environment. */
export const organisation: Organisation = {
  name: "hazelwick",
  title: "Hazelwick Garden Supply",
  domain: "hazelwick.example",
  owner: "platform-team",
  costCentre: "online-shop",
  github: { owner: "hazelwick", repository: "platform", ownerId: "48151623", repositoryId: "710428815" },
  google: { customerId: "C03hzw8k1", billingAccount: "01A2B3-4C5D6E-7F8091" },
  contacts: {
    security: "security@hazelwick.example",
    billing: "finance@hazelwick.example",
    technical: "platform-team@hazelwick.example",
  },
  atlas: {
    organisationId: "65f1c0a2b7d94e3f8a1c5d20",
    identityProviderId: "66a04be1d2c93f57b8e6a114",
  },
};
