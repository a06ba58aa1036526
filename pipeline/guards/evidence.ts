import { z } from "zod";

const moment = z.iso.datetime({ offset: true });
const person = z.object({
  /** Login. */
  by: z.string().min(1),
  /** Slugs of the teams that they are in. */
  teams: z.array(z.string()),
  /** When, ISO 8601. */
  at: moment,
});

/** What people said about a change, as the pull request's history has it. */
export const evidenceSchema = z.object({
  /** Who wrote the change; several when others pushed too. None of them may approve it. */
  authors: z.array(z.string().min(1)).min(1),
  /** When the change was last touched; what was said before is about something else. */
  pushedAt: moment,
  /** Labels that are set, with who set each. */
  labels: z.array(person.extend({ label: z.string() })),
  /** Approving reviews. */
  reviews: z.array(person),
  /** Why a guard must be passed; set in an emergency. */
  emergency: z.object({ reason: z.string() }).optional(),
});
export type Evidence = z.infer<typeof evidenceSchema>;
