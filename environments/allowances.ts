import type { Allowances } from "./allowances-schema";

/** What policies forbid in general and the shop allows. */
export const allowances: Allowances = {
  regions: {
    google: ["europe-west1", "europe-west3", "europe", "EU", "EUR4"],
    atlas: ["WESTERN_EUROPE", "EUROPE_WEST_3"],
  },
  publicRoutes: [
    { what: "GET /healthz", why: "Uptime checks have no token; it tells nothing but that the shop is up." },
    { what: "GET /v1/products", why: "Visitors browse the catalogue before they sign in." },
    { what: "GET /v1/products/{productId}", why: "Visitors browse the catalogue before they sign in." },
  ],
  publicGrants: [],
};
