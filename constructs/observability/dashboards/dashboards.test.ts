import fc from "fast-check";
import { refusals, synthesized } from "../../testing";
import { canonicalJson, type Json } from "./canonical-json";
import { Dashboard, type DashboardProps } from "./dashboard";
import { PlatformDashboard } from "./platform-dashboard";

const type = "google_monitoring_dashboard";
const text = { kind: "text", title: "Note", markdown: "Hello" } as const;
const build = (props: DashboardProps) =>
  JSON.parse(
    synthesized((stack) => new Dashboard(stack, "dashboard", props)).one(type).dashboard_json as string,
  );

describe("canonicalJson", () => {
  test("sorts keys and leaves out what the API doesn't answer", () => {
    expect(canonicalJson({ b: 0, a: [{ y: "", x: 1 }, {}], c: false, e: null, d: [] })).toBe(
      '{"a":[{"x":1},{}]}',
    );
  });

  test("is the same for every order of keys, and doesn't change what is canonical", () => {
    const reversed = (value: Json): Json => {
      if (Array.isArray(value)) return value.map(reversed);
      if (typeof value !== "object" || value === null) return value;
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([key, inner]) => [key, reversed(inner)]),
      );
    };
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const text = canonicalJson(value as Json);
        expect(canonicalJson(reversed(value as Json))).toBe(text);
        expect(canonicalJson(JSON.parse(text) as Json)).toBe(text);
      }),
      { numRuns: 100, seed: 7 },
    );
  });
});

describe("Dashboard", () => {
  test("GIVEN tiles THEN they stand side by side, and begin a new row where one is full", () => {
    const { mosaicLayout } = build({
      title: "Shop",
      sections: [
        {
          title: "First",
          tiles: [{ widget: text }, { widget: text, height: 8 }, { widget: text, width: 48 }],
        },
        { tiles: [{ widget: text }] },
      ],
    });
    const places = mosaicLayout.tiles.map(({ xPos = 0, yPos = 0, width, height }: Record<string, number>) => [
      xPos,
      yPos,
      width,
      height,
    ]);
    expect(places).toEqual([
      [0, 0, 48, 4],
      [0, 4, 24, 16],
      [24, 4, 24, 8],
      [0, 20, 48, 16],
      [0, 36, 24, 16],
    ]);
  });

  test("refuses an empty one, one that is too full, and heights that are none", () => {
    expect(refusals(() => build({ title: " ", sections: [] }))).toEqual([
      "title: a title",
      "sections: 1 to 100 widgets, titles included",
    ]);
    const tiles = Array.from({ length: 101 }, () => ({ widget: text, height: 16 }));
    expect(refusals(() => build({ title: "Full", sections: [{ tiles }] }))).toHaveLength(1);
    expect(
      refusals(() => build({ title: "Flat", sections: [{ tiles: [{ widget: text, height: 1 }] }] })),
    ).toEqual(["sections: height of Note: a whole number from 4 to 64"]);
  });
});

describe("PlatformDashboard", () => {
  test("GIVEN two services THEN it is this text, byte for byte", () => {
    const { one } = synthesized(
      (stack) =>
        new PlatformDashboard(stack, "dashboard", {
          title: "Shop, prod",
          services: [
            { service: "orders", runsOn: "F2" },
            { service: "reports", runsOn: "flexible" },
          ],
          runbooks: "https://example.com/runbooks",
        }),
    );
    const json = one(type).dashboard_json as string;
    expect(JSON.stringify(JSON.parse(json))).toBe(json);
    expect(JSON.parse(json)).toMatchSnapshot();
  });

  test("stands twice in one stack, and hands the dashboard to transform", () => {
    const { all } = synthesized((stack) => {
      const props = { title: "Shop", services: [], runbooks: "https://example.com/runbooks" };
      new PlatformDashboard(stack, "one", props);
      new PlatformDashboard(stack, "two", {
        ...props,
        transform: {
          dashboard: (config) => {
            config.dashboardJson = "{}";
          },
        },
      });
    });
    expect(all(type).filter(({ dashboard_json }) => dashboard_json === "{}")).toHaveLength(1);
  });
});
