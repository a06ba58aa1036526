import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Problem, UserError } from "@groundwork/user-error";
import { largestPullRequest } from "../../environments/preview-names";
import { previewSources } from "../../environments/preview-sources";
import { secondsText } from "../console/seconds";
import { sourceOption, sourcesIn } from "../preview/artifacts";
import { previewSides } from "../preview/beyond-terraform";
import { changedFolders } from "../preview/changed-folders";
import type { PreviewPlace, PreviewUp } from "../preview/contract";
import { previewUp, type UpRequest } from "../preview/up";
import { withWorkshop } from "../preview/workshop";
import { adviceOnAddresses } from "./sandbox-advice";
import type { CommandContext } from "./session";

export interface PreviewUpOptions {
  pr: string;
  sha: string;
  title?: string;
  owner?: string;
  labels?: string;
  at?: string;
  service?: string[];
  site?: string[];
  fixtures?: string;
  changedSince?: string;
  target?: string;
}

/** `groundwork preview up --pr 12 --sha abc1234`. */
export async function previewUpCommand(context: CommandContext, options: PreviewUpOptions): Promise<number> {
  const pr = pullRequestNumber(options.pr);
  const sha = commit(options.sha);
  const askedAt = momentOption(options.at);
  return withWorkshop(context, options.target, previewSides, async (workshop) => {
    const outcome = await previewUp(workshop, {
      pr,
      sha,
      askedAt,
      title: options.title,
      owner: options.owner,
      labels: labelsOption(options.labels),
      ...(await contentOf(context, workshop.place, options)),
    });
    const advice = await adviceOnAddresses(context, workshop.place.target);
    return report(context, workshop.place, outcome, advice);
  });
}

async function contentOf(
  { root }: CommandContext,
  { loaded }: PreviewPlace,
  { service, site, fixtures, changedSince }: PreviewUpOptions,
): Promise<Pick<UpRequest, "services" | "sites" | "fixtures">> {
  const services = Object.keys(loaded.environment.services);
  const changed = changedSince === undefined ? undefined : await changedFolders(root, changedSince);
  const usual = resolve(root, previewSources.fixtures);
  const folder = fixtures === undefined ? (existsSync(usual) ? usual : undefined) : resolve(root, fixtures);
  return {
    services: service ? service.map((one) => sourceOption(root, one, services)) : sourcesIn(root, changed),
    sites: site ? siteFolders(root, site, Object.keys(loaded.environment.sites)) : sitesIn(root),
    ...(folder === undefined ? {} : { fixtures: folder }),
  };
}

function sitesIn(root: string): Record<string, string> {
  const entries = Object.entries(previewSources.sites).map(
    ([site, folder]) => [site, join(root, folder)] as const,
  );
  return Object.fromEntries(entries.filter(([, folder]) => existsSync(folder)));
}

function siteFolders(
  root: string,
  given: readonly string[],
  known: readonly string[],
): Record<string, string> {
  const problems: Problem[] = [];
  const folders: Record<string, string> = {};
  for (const option of given) {
    const [, site = "", path = ""] = /^([a-z][a-z0-9-]*)=(.+)$/.exec(option) ?? [];
    const folder = resolve(root, path);
    if (!known.includes(site) || !existsSync(folder)) {
      problems.push({
        field: "--site",
        found: option,
        expected: `a site (${known.join(", ")}) and its folder: storefront=dist`,
      });
    }
    folders[site] = folder;
  }
  if (problems.length > 0) throw new UserError("That can't be previewed.", problems);
  return folders;
}

function report(
  { console }: CommandContext,
  { target }: PreviewPlace,
  outcome: PreviewUp,
  advice: string | undefined,
): number {
  const { record, result, answer, seconds } = outcome;
  const { pr, sha, state, urls, expiresAt, monthlyCost } = record;
  console.printJson({
    target,
    pr,
    sha,
    result,
    state,
    urls,
    expiresAt,
    monthlyCost,
    seconds,
    ...(answer === undefined ? {} : { answer }),
  });
  switch (result) {
    case "up":
      console.print(
        [
          `Preview of #${pr} is up (${secondsText(seconds)}); it ends ${expiresAt.slice(0, 16).replace("T", " ")} UTC.`,
          ...addressLines(outcome),
          ...(advice !== undefined && Object.keys(urls.sites).length > 0 ? [advice] : []),
        ].join("\n"),
      );
      return 0;
    case "superseded":
      console.print(`Preview of #${pr}: something newer was asked for, which goes first. Nothing to do.`);
      return 0;
    case "unwanted":
      console.print(`${answer ?? ""} Nothing to do.`);
      return 0;
    case "refused":
      console.print(`There is no room for a preview of #${pr}. ${answer ?? ""}`);
      return 1;
    case "failed":
      console.print(
        `Preview of #${pr} failed (${secondsText(seconds)}):\n  ${(answer ?? "").replaceAll("\n", "\n  ")}`,
      );
      return 1;
  }
}

function addressLines({ record: { urls } }: PreviewUp): string[] {
  const all = [urls.sites, urls.services, urls.gateways].flatMap((each) => Object.entries(each));
  const width = Math.max(0, ...all.map(([name]) => name.length));
  return all.map(([name, url]) => `  ${name.padEnd(width)}  ${url}`);
}

/** @throws UserError when it is none */
export function pullRequestNumber(given: string): number {
  if (/^[1-9]\d{0,6}$/.test(given) && Number(given) <= largestPullRequest) return Number(given);
  throw new UserError("There is no such pull request.", [
    { field: "--pr", found: given, expected: `a whole number from 1 to ${largestPullRequest}` },
  ]);
}

/**
 * When something was asked for: what is newer wins.
 *
 * @throws UserError when it is no moment
 */
export function momentOption(given: string | undefined): string {
  if (given === undefined) return new Date().toISOString();
  const moment = Date.parse(given);
  if (/^\d{4}-\d\d-\d\dT/.test(given) && !Number.isNaN(moment)) return new Date(moment).toISOString();
  throw new UserError("That is no moment.", [
    { field: "--at", found: given, expected: "a time such as 2026-11-21T09:30:00Z" },
  ]);
}

function commit(given: string): string {
  if (/^[0-9a-f]{7,40}$/.test(given)) return given;
  throw new UserError("There is no such commit.", [
    { field: "--sha", found: given, expected: "7 to 40 lowercase hexadecimal digits" },
  ]);
}

function labelsOption(given: string | undefined): string[] | undefined {
  return given
    ?.split(",")
    .map((label) => label.trim())
    .filter((label) => label !== "");
}
