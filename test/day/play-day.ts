import { audit } from "./audit";
import { Day } from "./day";
import { addService } from "./pull-requests/add-service";
import { changeTier } from "./pull-requests/change-tier";
import { conflicts } from "./pull-requests/conflicts";
import { deleteService } from "./pull-requests/delete-service";
import { drift } from "./pull-requests/drift";
import { failedWave } from "./pull-requests/failed-wave";
import { freeze } from "./pull-requests/freeze";
import { movedState } from "./pull-requests/moved-state";
import { plantedSecret } from "./pull-requests/planted-secret";
import { removedStack } from "./pull-requests/removed-stack";
import { renameConstruct } from "./pull-requests/rename-construct";
import { widenRights } from "./pull-requests/widen-rights";
import type { Scenario } from "./scenario";

/** In the order of the day: what comes later stands on what was before. */
export const scenarios: readonly Scenario[] = [
  addService,
  changeTier,
  deleteService,
  renameConstruct,
  widenRights,
  conflicts,
  movedState,
  failedWave,
  freeze,
  drift,
  removedStack,
  plantedSecret,
];

/** How one of them ended. */
export interface Played {
  number: number;
  title: string;
  expected: string;
  happened: string;
  ok: boolean;
  seconds: number;
}

export interface DayOptions {
  /** @default - dev and prod */
  environments?: readonly string[];
  /** Numbers of the pull requests to play, from 1. @default - all of them */
  only?: readonly number[];
  /** Told of each when it is over. */
  report: (played: Played) => void;
}

/**
 * Plays the day in the sandbox, by the workflows' own commands, and then looks back: whether all that was applied is what
 * was reviewed, the histories have no gap, and nothing is left to apply.
 */
export async function playDay({
  environments = ["dev", "prod"],
  only,
  report,
}: DayOptions): Promise<readonly Played[]> {
  const day = await Day.begin(...environments);
  const all: Played[] = [];
  const play = async (number: number, { title, expected, play: work }: Scenario) => {
    const startedAt = Date.now();
    const ended = await work.call({ title, expected, play: work }, day).then(
      (happened) => ({ happened, ok: true }),
      (error: Error) => ({ happened: error.message, ok: false }),
    );
    const played = {
      number,
      title,
      expected,
      ...ended,
      seconds: Math.round((Date.now() - startedAt) / 1_000),
    };
    all.push(played);
    report(played);
  };
  try {
    for (const [index, scenario] of scenarios.entries()) {
      if (only === undefined || only.includes(index + 1)) await play(index + 1, scenario);
    }
    await play(scenarios.length + 1, audit);
    return all;
  } finally {
    await day.end();
  }
}
