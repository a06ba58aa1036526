import fc from "fast-check";
import { type Ordered, wavesOf } from "./order";
import { runInOrder } from "./run-in-order";

const never = new AbortController().signal;

/** Each waits for some of those before it, so there is no circle. */
const graphs = fc.array(fc.array(fc.nat(), { maxLength: 4 }), { maxLength: 12 }).map((edges): Ordered[] =>
  edges.map((picks, i) => ({
    name: `s${i}`,
    dependsOn: i === 0 ? [] : [...new Set(picks.map((pick) => `s${pick % i}`))],
  })),
);

describe("waves", () => {
  test("GIVEN the stacks of an environment THEN what can run together is one wave", () => {
    const stacks = [
      { name: "foundation", dependsOn: [] },
      { name: "network", dependsOn: ["foundation"] },
      { name: "data", dependsOn: ["network"] },
      { name: "platform", dependsOn: ["network"] },
      { name: "release", dependsOn: ["data", "platform"] },
    ];
    expect(wavesOf(stacks)).toEqual([["foundation"], ["network"], ["data", "platform"], ["release"]]);
  });

  test("GIVEN one that is not part of the run THEN it is not waited for", () => {
    expect(wavesOf([{ name: "release", dependsOn: ["data"] }])).toEqual([["release"]]);
  });

  test("GIVEN two that wait for each other THEN both are named", () => {
    const circle = [
      { name: "a", dependsOn: ["b"] },
      { name: "b", dependsOn: ["a"] },
    ];
    expect(() => wavesOf(circle)).toThrow("These wait for each other: a, b");
  });
});

describe("running in order", () => {
  test("GIVEN any graph and any failures THEN nothing starts before what it waits for, and only dependants are blocked", async () => {
    await fc.assert(
      fc.asyncProperty(
        graphs,
        fc.array(fc.boolean()),
        fc.integer({ min: 1, max: 4 }),
        async (items, fails, atOnce) => {
          const done = new Set<string>();
          let running = 0;
          const states = await runInOrder(items, {
            atOnce,
            stop: never,
            run: async ({ name, dependsOn }) => {
              expect(dependsOn.every((dependency) => done.has(dependency))).toBe(true);
              expect(++running).toBeLessThanOrEqual(atOnce);
              await Promise.resolve();
              running--;
              const succeeds = fails[Number(name.slice(1))] !== true;
              if (succeeds) done.add(name);
              return succeeds;
            },
          });
          for (const { name, dependsOn } of items) {
            const blocked = dependsOn.some((dependency) => !done.has(dependency));
            const failed = fails[Number(name.slice(1))] === true;
            expect(states.get(name)).toBe(blocked ? "blocked" : failed ? "failed" : "done");
          }
        },
      ),
    );
  });

  test("GIVEN a stop in the middle THEN what runs ends and nothing new starts", async () => {
    const stop = new AbortController();
    const states = await runInOrder(
      ["a", "b", "c"].map((name, i, all) => ({ name, dependsOn: all.slice(0, i) })),
      {
        atOnce: 2,
        stop: stop.signal,
        run: async ({ name }) => {
          if (name === "b") stop.abort();
          return true;
        },
      },
    );
    expect(Object.fromEntries(states)).toEqual({ a: "done", b: "done", c: "waiting" });
  });

  test("GIVEN a bug in one of them THEN the others end first and the bug comes out", async () => {
    let ended = false;
    const run = runInOrder(
      [
        { name: "a", dependsOn: [] },
        { name: "b", dependsOn: [] },
      ],
      {
        atOnce: 2,
        stop: never,
        run: async ({ name }) => {
          if (name === "a") throw new Error("bug");
          await new Promise((done) => setTimeout(done, 10));
          ended = true;
          return true;
        },
      },
    );
    await expect(run).rejects.toThrow("bug");
    expect(ended).toBe(true);
  });
});
