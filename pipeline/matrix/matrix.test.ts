import fc from "fast-check";
import { matrixOf } from "./matrix";

const stacks = (environment: string, count: number) =>
  Array.from({ length: count }, (_, index) => ({ name: `${environment}-s${index}`, environment }));

describe("a workflow's matrix", () => {
  test("GIVEN nothing THEN no jobs", () => {
    expect(matrixOf([])).toEqual([]);
  });

  test("GIVEN few stacks THEN a job per environment, in their order", () => {
    expect(matrixOf([...stacks("dev", 2), ...stacks("prod", 1)])).toEqual([
      { job: "dev", id: "dev", environment: "dev", stacks: "dev-s0,dev-s1" },
      { job: "prod", id: "prod", environment: "prod", stacks: "prod-s0" },
    ]);
  });

  test("GIVEN many in one environment THEN each its own there, and the other environment as before", () => {
    const jobs = matrixOf([...stacks("dev", 9), ...stacks("prod", 2)]);
    expect(jobs).toHaveLength(10);
    expect(jobs[8]).toEqual({ job: "dev-s8", id: "dev-s8", environment: "dev", stacks: "dev-s8" });
    expect(jobs[9]?.stacks).toBe("prod-s0,prod-s1");
  });

  test("GIVEN more than GitHub takes THEN several share a job again", () => {
    const jobs = matrixOf(stacks("dev", 257));
    expect(jobs).toHaveLength(129);
    expect(jobs[0]).toEqual({
      job: "dev 1 of 129",
      id: "dev-1-of-129",
      environment: "dev",
      stacks: "dev-s0,dev-s1",
    });
    expect(jobs.at(-1)).toMatchObject({ job: "dev-s256" });
  });

  test("GIVEN more environments than jobs THEN refused", () => {
    const many = Array.from({ length: 257 }, (_, index) => stacks(`e${index}`, 1)).flat();
    expect(() => matrixOf(many)).toThrow("found 257; expected at most 256");
  });

  test("GIVEN any stacks THEN every one is in exactly one job, of its environment, and there are never too many jobs", () => {
    const counts = fc.array(fc.integer({ min: 1, max: 400 }), { maxLength: 12 });
    fc.assert(
      fc.property(counts, fc.integer({ min: 12, max: 256 }), (sizes, most) => {
        const all = sizes.flatMap((size, index) => stacks(`e${index}`, size));
        const jobs = matrixOf(all, { most });
        expect(jobs.length).toBeLessThanOrEqual(most);
        expect(jobs.flatMap((job) => job.stacks.split(","))).toEqual(all.map(({ name }) => name));
        expect(new Set(jobs.map(({ id }) => id)).size).toBe(jobs.length);
        for (const { environment, stacks: names } of jobs)
          expect(names.split(",").every((name) => name.startsWith(`${environment}-`))).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});
