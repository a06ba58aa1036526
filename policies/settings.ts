import type { Settings } from "./settings-type";

/** The shop's own decisions. Every entry of a list that allows something says why. */
export const settings: Settings = {
  regions: {
    google: ["europe-west1", "europe-west3", "EU", "EUR4"],
    atlas: ["WESTERN_EUROPE", "EUROPE_WEST_3"],
  },
  runtimes: ["nodejs22", "nodejs24"],
  publicRoutes: [
    { what: "GET /healthz", why: "Uptime checks have no token; it tells nothing but that the shop is up." },
    { what: "GET /v1/products", why: "Visitors browse the catalogue before they sign in." },
    { what: "GET /v1/products/{productId}", why: "Visitors browse the catalogue before they sign in." },
  ],
  publicGrants: [],
  administrativeRoles: [
    {
      what: "roles/firebasehosting.admin",
      why: "The smallest role that can publish a site's content.",
    },
  ],
  labels: ["env", "service", "owner", "cost-centre", "data-class"],
  versionsPerApplication: 180,
  connections: { poolSizeVariable: "MONGODB_POOL_SIZE", defaultPoolSize: 100, share: 0.7 },
  pagers: ["pagerduty", "sms"],
  releases: { canaryStep: 0.5, versionsKept: 3, daysKept: 7 },
};
