import { createColors } from "picocolors";
import { definitions } from "../../../environments/load";
import { organisation } from "../../../environments/organisation";
import { isExample } from "./example-values";
import { checklist } from "./items";
import { readChecklist } from "./read-checklist";
import { renderChecklist } from "./render-checklist";

const read = (name: string) => {
  const definition = definitions.find(({ fields }) => fields.name === name);
  if (!definition) throw new Error(`no ${name}`);
  return readChecklist({ items: checklist, organisation, environment: definition.fields, definition });
};
const item = (name: string, id: string) => read(name).find((one) => one.id === id);

describe("the checklist of what can't be code", () => {
  test("GIVEN the example organisation THEN every value that is entered is known as the example's", () => {
    for (const { fields } of definitions) {
      const entered = read(fields.name).flatMap(({ inputs }) =>
        // Anybody may call the repository so.
        inputs.filter(({ status, path }) => status === "entered" && path !== "github.repository"),
      );
      expect([fields.name, entered]).toEqual([fields.name, []]);
    }
  });

  test("GIVEN an environment THEN its own names stand in the steps, and each input names the file that it is written in", () => {
    const project = item("dev", "project");
    expect(project?.how[0]).toBe("`gcloud projects create hazelwick-dev --organization ORGANISATION_ID`");
    expect(project?.inputs.map(({ file }) => file)).toEqual(["environments/dev.ts", "environments/dev.ts"]);
    expect(item("staging", "oauth")?.inputs).toMatchObject([{ status: "example" }]);
    expect(item("preview", "oauth")).toMatchObject({
      status: "without",
      inputs: [{ file: "environments/dev.ts", path: "appEngine.iap", value: "none" }],
    });
    expect(item("staging", "firebase")?.inputs).toMatchObject([{ file: "environments/prod.ts" }]);
  });

  test("GIVEN values of one's own THEN they are not the example's, wherever they stand", () => {
    expect(isExample({ p1: [{ pagerDuty: { name: "projects/acme-prod/notificationChannels/1" } }] })).toBe(
      false,
    );
    expect(isExample([{ a: { b: "api.hazelwick.example" } }])).toBe(true);
  });

  test("GIVEN the whole list THEN ids differ, and every step says why, how and how to see that it is done", () => {
    expect(new Set(checklist.map(({ id }) => id)).size).toBe(checklist.length);
    const text = renderChecklist(read("prod"), createColors(false));
    for (const { title, verify, how, why } of checklist) {
      expect(text).toContain(title);
      expect([why, verify, ...how].every((one) => one.length > 10)).toBe(true);
    }
  });
});
