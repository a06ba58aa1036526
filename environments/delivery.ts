import type { DeliveryFile } from "./delivery-schema";

/** Trunk: what is merged goes to what previews share and to dev, then to staging, and after the reviewers' yes to production. */
export const delivery: DeliveryFile = {
  mainBranch: "main",
  routes: [
    {
      ref: { branch: "main" },
      to: [
        { environment: "preview", mode: "automatic" },
        { environment: "dev", mode: "automatic" },
        { environment: "staging", mode: "automatic" },
        { environment: "prod", mode: "approval" },
      ],
    },
  ],
  environments: {
    dev: { windows: { tz: "UTC", allow: [], freezes: [] }, deletions: 25 },
    staging: { windows: { tz: "UTC", allow: [], freezes: [] }, deletions: 10 },
    prod: {
      windows: {
        tz: "Europe/Berlin",
        allow: [
          { days: ["monday", "tuesday", "wednesday", "thursday"], from: "08:00", to: "17:00" },
          { days: ["friday"], from: "08:00", to: "12:00" },
        ],
        freezes: [{ from: "2026-12-18", to: "2027-01-03", reason: "Christmas trade and year's end." }],
      },
      deletions: 5,
    },
    preview: { windows: { tz: "UTC", allow: [], freezes: [] }, deletions: 100 },
  },
  approvers: {
    "approve:destroy": ["platform-team", "data-team"],
    "approve:irreversible": ["platform-team"],
    "approve:unprotect": ["platform-team", "data-team"],
    "approve:retention": ["data-team", "platform-team"],
    "approve:iam": ["security-team", "platform-team"],
    "approve:tier": ["platform-team", "data-team"],
    emergency: ["platform-team", "on-call"],
  },
};
