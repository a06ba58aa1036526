import { ageText } from "../console/seconds";
import { tableText } from "../console/table";
import { countText } from "../console/words";
import { type ListedPreview, listPreviews } from "../preview/list";
import { withPreviewPlace } from "../preview/workshop";
import { adviceOnAddresses } from "./sandbox-advice";
import type { CommandContext } from "./session";

/** `groundwork preview list`: what previews there are, how long they live, what they cost. */
export async function previewListCommand(
  context: CommandContext,
  { target }: { target?: string },
): Promise<number> {
  return withPreviewPlace(context, target, async (place) => {
    const previews = await listPreviews(place);
    const now = Date.now();
    const { console } = context;
    const monthlyCost = previews.reduce((sum, { record }) => sum + (record?.monthlyCost ?? 0), 0);
    console.printJson({
      target: place.target,
      previews: previews.map((preview) => asJson(preview, now)),
      monthlyCost: Number(monthlyCost.toFixed(2)),
    });
    if (previews.length === 0) {
      console.print("There are no previews.");
      return 0;
    }
    const columns = ["number", "title", "age", "ends in", "URLs", "$ a month", "state"].map((title) => ({
      title,
      ...(title === "$ a month" ? { align: "right" as const } : {}),
    }));
    console.print(
      tableText(
        columns,
        previews.flatMap((preview) => rowsOf(preview, now)),
        console.colours,
      ),
    );
    console.print(`\n${countText(previews.length, "preview")}, about $${monthlyCost.toFixed(2)} a month`);
    const advice = await adviceOnAddresses(context, place.target);
    if (advice !== undefined) console.print(advice);
    return 0;
  });
}

function asJson({ pr, state, record }: ListedPreview, now: number) {
  if (!record) return { number: pr, state };
  const { title, owner, sha, labels, createdAt, pushedAt, expiresAt, urls, monthlyCost, problem } = record;
  const expired = Date.parse(expiresAt) <= now;
  return {
    number: pr,
    title,
    owner,
    sha,
    labels,
    state,
    createdAt,
    pushedAt,
    expiresAt,
    expired,
    urls,
    monthlyCost,
    ...(problem === undefined ? {} : { problem }),
  };
}

/** One line for each address. */
function rowsOf({ pr, state, record }: ListedPreview, now: number): string[][] {
  if (!record) return [[`#${pr}`, "", "", "", "", "", state]];
  const { urls, title, createdAt, expiresAt, monthlyCost } = record;
  const addresses = [urls.sites, urls.services, urls.gateways].flatMap((each) => Object.values(each));
  const left = Date.parse(expiresAt) - now;
  const first = [
    `#${pr}`,
    title.length > 40 ? `${title.slice(0, 39)}…` : title,
    ageText(now - Date.parse(createdAt)),
    left > 0 ? ageText(left) : "expired",
    addresses[0] ?? "",
    monthlyCost.toFixed(2),
    state,
  ];
  return [first, ...addresses.slice(1).map((address) => ["", "", "", "", address, "", ""])];
}
