import fc from "fast-check";
import { previewLimits } from "../../environments/preview-rules";
import { admitPreview } from "./admit";
import type { PreviewRecord } from "./contract";

const at = (minute: number) => new Date(Date.UTC(2026, 10, 1, 0, minute)).toISOString();
const record = (pr: number, change: Partial<PreviewRecord> = {}): PreviewRecord => ({
  version: 1,
  pr,
  sha: "3f9a1c2",
  title: `Change ${pr}`,
  owner: "ann",
  labels: [],
  pushedAt: at(pr),
  expiresAt: at(pr + 10_000),
  changedServices: [{ name: "orders", artifact: "gs://b/o.zip" }],
  state: "up",
  askedAt: at(pr),
  createdAt: at(pr),
  changedAt: at(pr),
  urls: { sites: {}, services: {}, gateways: {} },
  monthlyCost: 1,
  ...change,
});
const many = (count: number) => Array.from({ length: count }, (_, index) => record(index + 1));

describe("room for previews", () => {
  test("GIVEN 24 others THEN there is room; GIVEN 25 THEN the answer names the oldest and the way out", () => {
    expect(admitPreview(record(99), many(24), 3)).toEqual({ admitted: true });
    expect(admitPreview(record(99), many(25), 3)).toEqual({
      admitted: false,
      answer:
        "There are 25 previews already, of 25 at most. The oldest is pull request #1 (Change 1) by ann: last push " +
        '2026-11-01, ends 2026-11-07. To free a place, close or merge a pull request, or run "groundwork preview down ' +
        '--pr 1". Then push again, or run this again.',
    });
  });

  test("GIVEN more versions than App Engine takes THEN it is refused, own services counted twice", () => {
    const services = Array.from({ length: 8 }, (_, index) => ({
      name: `s${index}`,
      artifact: "gs://b/a.zip",
    }));
    const large = (labels: string[]) =>
      Array.from({ length: 12 }, (_, index) => record(index + 1, { changedServices: services, labels }));
    expect(admitPreview(record(99), large([]), 3)).toEqual({ admitted: true });
    expect(admitPreview(record(99), large(["preview:own-service"]), 3)).toMatchObject({
      admitted: false,
      answer: expect.stringContaining("version 196 of App Engine's, of 180 at most") as string,
    });
  });

  test("GIVEN any number that come in any order THEN exactly as many stay as there is room for", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(500), { minLength: 1, maxLength: 60 }), (numbers) => {
        const all = numbers.map((number) => record(number + 1, { createdAt: at(number % 7) }));
        const admitted = all.filter((one) => admitPreview(one, all, 0).admitted);
        expect(admitted).toHaveLength(Math.min(numbers.length, previewLimits.previews));
      }),
    );
  });
});
