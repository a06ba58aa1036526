import fc from "fast-check";
import { previewEnd } from "../../../environments/preview-rules";
import type { PreviewRemnant } from "../contract";
import type { PreviewedPullRequest } from "../pull-requests/previewed";
import { removalOrder } from "../remnants/removal-order";
import { decideSweep } from "./decide";
import type { SweepTruth } from "./truth";

const now = new Date("2026-11-21T12:00:00Z");
const day = 24 * 60 * 60 * 1_000;

type Truth = Pick<SweepTruth, "pullRequests" | "remnants">;

const pull = (number: number, daysAgo: number, ...labels: string[]): PreviewedPullRequest => ({
  number,
  title: `Change ${number}`,
  url: `https://github.com/hazelwick/platform/pull/${number}`,
  owner: "ann",
  head: "a".repeat(40),
  isOpen: true,
  fromFork: false,
  labels,
  activeAt: new Date(now.getTime() - daysAgo * day).toISOString(),
});
const remnant = (side: PreviewRemnant["side"], pr: number, more = ""): PreviewRemnant => ({
  side,
  pr,
  name: `pr-${pr}${more}`,
});

describe("what a sweep decides", () => {
  test("GIVEN closed, expired and living pull requests THEN the closed go first, the living stay", () => {
    const pullRequests = [
      pull(1, 9),
      pull(2, 8),
      pull(3, 6.5),
      pull(4, 29, "preview:keep-30d"),
      pull(5, 5.5),
    ];
    const remnants = [9, 1, 2, 3, 4, 5, 8].map((number) => remnant("version", number));
    const decision = decideSweep({ pullRequests, remnants }, now);
    expect(decision.remove.map(({ pr, why }) => [pr, why])).toEqual([
      [8, "closed"],
      [9, "closed"],
      [1, "expired"],
      [2, "expired"],
    ]);
    expect(decision.keep.map(({ pullRequest, endsSoon }) => [pullRequest.number, endsSoon])).toEqual([
      [3, true],
      [4, true],
      [5, false],
    ]);
  });

  test("GIVEN remnants on several sides THEN what can be called goes first, and what tells of it last", () => {
    const remnants = removalOrder.toReversed().map((side) => remnant(side, 7));
    const decision = decideSweep({ pullRequests: [], remnants }, now);
    expect(decision.remove[0]?.remnants.map(({ side }) => side)).toEqual(removalOrder);
  });

  test("GIVEN more than the limit THEN the rest waits", () => {
    const remnants = [1, 2, 3].map((number) => remnant("channel", number));
    const { remove, postponed } = decideSweep({ pullRequests: [], remnants }, now, { limit: 2 });
    expect([remove, postponed].map((all) => all.map(({ pr }) => pr))).toEqual([[1, 2], [3]]);
  });

  test("GIVEN the last moments of a preview THEN it is told a day before at the latest, and ends on time", () => {
    const at = (time: string) => {
      const pullRequests = [{ ...pull(1, 0), activeAt: "2026-11-01T00:00:00Z" }];
      const { keep, remove } = decideSweep({ pullRequests, remnants: [remnant("state", 1)] }, new Date(time));
      return [keep[0]?.endsSoon, remove.length];
    };
    expect(at("2026-11-06T17:59:59Z")).toEqual([false, 0]);
    // The next sweep is in six hours.
    expect(at("2026-11-06T18:00:00Z")).toEqual([true, 0]);
    expect(at("2026-11-07T23:59:59Z")).toEqual([true, 0]);
    expect(at("2026-11-08T00:00:00Z")).toEqual([undefined, 1]);
  });
});

const numbers = fc.integer({ min: 1, max: 60 });
const labels = fc.array(
  fc.oneof(
    fc.integer({ min: 0, max: 99 }).map((days) => `preview:keep-${days}d`),
    fc.constantFrom("preview", "preview:own-service", "preview:keep-5", "bug"),
  ),
  { maxLength: 3 },
);
const pulls = fc.uniqueArray(
  fc
    .tuple(numbers, fc.integer({ min: -40 * 24, max: 48 }), labels)
    .map(([number, hours, own]) => pull(number, hours / 24, ...own)),
  { selector: ({ number }) => number, maxLength: 40 },
);
const remnants = fc.uniqueArray(
  fc
    .tuple(fc.constantFrom(...removalOrder), numbers, fc.integer({ min: 0, max: 9 }))
    .map(([side, number, more]) => remnant(side, number, `-${more}`)),
  { selector: ({ side, name }) => `${side} ${name}`, maxLength: 200 },
);
const truths: fc.Arbitrary<Truth> = fc.record({ pullRequests: pulls, remnants });
const limits = fc.integer({ min: 0, max: 80 });

describe("whatever there is", () => {
  const check = (property: (truth: Truth, limit: number) => void) =>
    fc.assert(fc.property(truths, limits, property));
  const lives = ({ pullRequests }: Truth, pr: number) => {
    const found = pullRequests.find(({ number }) => number === pr);
    return found !== undefined && Date.parse(previewEnd(found.activeAt, found.labels)) > now.getTime();
  };

  test("what has a pull request that is open and not expired is never touched; all the rest goes in the end", () => {
    check((truth, limit) => {
      const { remove, postponed } = decideSweep(truth, now, { limit });
      const going = [...remove, ...postponed];
      for (const { pr, remnants: own } of going) expect(own.every((one) => one.pr === pr)).toBe(true);
      const gone = going.flatMap(({ remnants: own }) => own);
      expect(new Set(gone)).toEqual(new Set(truth.remnants.filter(({ pr }) => !lives(truth, pr))));
      expect(gone).toHaveLength(new Set(gone).size);
    });
  });

  test("no more than the limit goes at once, and first what would go first without one", () => {
    check((truth, limit) => {
      const { remove, postponed } = decideSweep(truth, now, { limit });
      expect(remove.length).toBeLessThanOrEqual(limit);
      expect([...remove, ...postponed]).toEqual(decideSweep(truth, now, { limit: 1_000 }).remove);
    });
  });

  test("the order in which it is found changes nothing", () => {
    check((truth, limit) => {
      const reversed = {
        pullRequests: truth.pullRequests.toReversed(),
        remnants: truth.remnants.toReversed(),
      };
      expect(decideSweep(reversed, now, { limit })).toEqual(decideSweep(truth, now, { limit }));
    });
  });

  test("a second sweep does what the first one left, and nothing twice", () => {
    check((truth, limit) => {
      const first = decideSweep(truth, now, { limit });
      const gone = new Set(first.remove.flatMap(({ remnants: own }) => own));
      const left = { ...truth, remnants: truth.remnants.filter((one) => !gone.has(one)) };
      const second = decideSweep(left, now, { limit: 1_000 });
      expect(second.remove).toEqual(first.postponed);
      expect(second.keep).toEqual(first.keep);
    });
  });

  test("what is kept ends later, and what ends within a day is told", () => {
    check((truth) => {
      for (const { expiresAt, endsSoon } of decideSweep(truth, now).keep) {
        const left = Date.parse(expiresAt) - now.getTime();
        expect(left).toBeGreaterThan(0);
        expect(endsSoon || left > day).toBe(true);
      }
    });
  });
});
