import { UserError } from "@groundwork/user-error";
import { openGitHub } from "../github/client";
import { previewSides } from "../preview/beyond-terraform";
import { tellPullRequest } from "../preview/comment/tell";
import type { PreviewPlace } from "../preview/contract";
import { previewDown } from "../preview/down";
import { readOpenPreviewed, readPreviewed } from "../preview/pull-requests/read-pull-requests";
import { PreviewRecords } from "../preview/records";
import { cloudSides } from "../preview/remnants/cloud-sides";
import { ChannelSide, DatabaseSide } from "../preview/remnants/content-sides";
import type { Side } from "../preview/remnants/side";
import { renderSweep, renderSwept } from "../preview/sweep/render-report";
import { isWhole } from "../preview/sweep/report";
import { type SweepWork, sweepPreviews } from "../preview/sweep/sweep";
import { type PreviewSides, type Workshop, withWorkshop } from "../preview/workshop";
import { momentOption } from "./preview-up";
import type { CommandContext } from "./session";

export interface PreviewSweepOptions {
  plan?: boolean;
  limit?: string;
  /** ISO 8601; decides as of then. */
  at?: string;
  target?: string;
}

/** Previews that are removed at the same time; each may be a Terraform. */
const atOnce = 4;

/** `groundwork preview sweep`: removes what is left of previews. Exit code 1 when something couldn't be read or removed. */
export async function previewSweepCommand(
  context: CommandContext,
  options: PreviewSweepOptions,
): Promise<number> {
  const { console } = context;
  const limit = limitOption(options.limit);
  const plan = options.plan === true;
  const at = options.at === undefined ? undefined : new Date(momentOption(options.at));
  return withWorkshop(context, options.target, previewSides, async (workshop) => {
    const work = await sweepWork(workshop);
    const onSwept: SweepWork["onSwept"] = (swept) => console.note(renderSwept(swept));
    const report = await sweepPreviews(
      { ...work, onSwept, ...(at ? { now: () => at } : {}) },
      { plan, ...(limit === undefined ? {} : { limit }) },
    );
    console.printJson({ target: workshop.place.target, plan, ...report });
    console.print(renderSweep(report, { plan, now: at ?? new Date(), colours: console.colours }));
    return isWhole(report) ? 0 : 1;
  });
}

/** What a sweep works with, at the place of a command. */
export async function sweepWork(workshop: Workshop): Promise<SweepWork> {
  const { context, place, sides } = workshop;
  const github = await openGitHub(context.env, { onWait: (text) => context.console.note(text) });
  const records = new PreviewRecords(place.bucket(place.loaded.environment.stateBucket));
  return {
    sides: [...contentSides(place, sides), ...cloudSides(place)],
    readRecords: () => records.list(),
    readOpen: (numbers) => readOpenPreviewed(github, numbers),
    readOne: (number) => readPreviewed(github, number),
    // Told with the reason, instead of as `preview down` does.
    down: (pr, askedAt, tell) =>
      previewDown({ ...workshop, sides: { ...sides, listener: { down: tell } } }, { pr, askedAt }),
    warn: async ({ pullRequest, expiresAt }, record) => {
      if (!record) return;
      const told = { kind: "ends soon" as const, record: { ...record, expiresAt } };
      await tellPullRequest(github, pullRequest.number, told);
    },
    tellGone: (pr, expiredAt) =>
      tellPullRequest(
        github,
        pr,
        expiredAt === undefined ? { kind: "gone" } : { kind: "expired", expiredAt },
      ),
    tellFork: (pr) => tellPullRequest(github, pr, { kind: "fork" }),
    now: () => new Date(),
    atOnce,
    stop: place.stop,
  };
}

function contentSides({ loaded }: PreviewPlace, { content, database }: PreviewSides): Side[] {
  const siteIds = Object.keys(loaded.environment.sites).map((site) => loaded.names.site(site));
  return [
    ...(content ? [new ChannelSide(content, siteIds)] : []),
    ...(database ? [new DatabaseSide(database)] : []),
  ];
}

/** @throws UserError when it is no number */
function limitOption(given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  if (/^\d{1,6}$/.test(given)) return Number(given);
  throw new UserError("That many previews can't be removed.", [
    { field: "--limit", found: given, expected: "a whole number" },
  ]);
}
