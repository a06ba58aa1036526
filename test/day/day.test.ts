import { playDay, scenarios } from "./play-day";

/** The whole day is `npm run day`; this one keeps what plays it in step with the workflows. */
test("GIVEN a pull request that makes a cluster larger WHEN it goes its way by the workflows THEN what was reviewed is applied", async () => {
  const number = scenarios.findIndex(({ title }) => title === "A larger cluster in dev") + 1;
  const played = await playDay({ environments: ["dev"], only: [number], report: () => {} });
  expect(played.map(({ ok, happened }) => [ok, happened])).toEqual([
    [true, "applied dev-data"],
    [true, "1 applies, all as reviewed; nothing left"],
  ]);
}, 600_000);
