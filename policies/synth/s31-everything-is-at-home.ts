import { isReference, textsWithin } from "../reading/json";
import { mentions } from "../reading/mentions";
import { judgeEach, type Resource, type SynthesizedEnvironment } from "../reading/synthesized";
import type { SynthRule, Violation } from "../rule";
import type { Settings } from "../settings-type";

const places = /(^|\.)(region|location|location_id|zone|region_name|gcp_region)(\[\d+\])?$/;
/** App Engine's own names of two regions. */
const otherNames: Readonly<Record<string, string>> = {
  "europe-west": "europe-west1",
  "us-central": "us-central1",
};

export const everythingIsAtHome: SynthRule = {
  id: "S31",
  title: "Everything is in an allowed region and in its own environment",
  why: "Data in another region may be against the law; a name of another environment changes that one.",
  mapsTo: [],
  check: (environment, settings) =>
    judgeEach(environment.resources, (one) => [...regions(one, settings), ...strangers(one, environment)]),
};

function regions(resource: Resource, { regions: allowed }: Settings): Violation[] {
  const isAtlas = resource.type.startsWith("mongodbatlas_");
  // Where Atlas meets Google's network, it takes Google's names too.
  const list = isAtlas ? [...allowed.atlas, ...allowed.google] : allowed.google;
  const { "//": _metadata, labels: _labels, ...values } = resource.values;
  return textsWithin(values)
    .filter(({ path, text }) => places.test(path) && !isReference(text) && text !== "global")
    .filter(({ text }) => !list.some((one) => isIn(text, one)))
    .map(({ path, text }) =>
      resource.violation(
        path,
        text,
        `use one of ${list.join(", ")}, or allow it in environments/allowances.ts`,
      ),
    );
}

function isIn(text: string, region: string): boolean {
  const place = (otherNames[text] ?? text).toLowerCase();
  const one = region.toLowerCase();
  return place === one || new RegExp(`^${one}-[a-f]$`).test(place);
}

function strangers(resource: Resource, environment: SynthesizedEnvironment): Violation[] {
  const { "//": _metadata, ...values } = resource.values;
  const texts = textsWithin(values);
  return Object.entries(environment.strangers).flatMap(([stranger, names]) =>
    texts
      .filter(({ text }) => names.some((name) => mentions(text, name)))
      .slice(0, 1)
      .map(({ path }) =>
        resource.violation(path, `a name of ${stranger}`, `use what belongs to ${environment.name}`),
      ),
  );
}
