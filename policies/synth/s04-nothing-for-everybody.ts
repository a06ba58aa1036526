import { everybodyWithin } from "../reading/grants";
import { textAt } from "../reading/json";
import type { SynthRule } from "../rule";

const accessible = /_iam_(member|binding|policy)$|_access_control$|_acl$|^google_bigquery_dataset/;
const openAcl = /public/i;

export const nothingForEverybody: SynthRule = {
  id: "S4",
  title: "Nothing is given to everybody",
  why: "The member allUsers is the whole internet, allAuthenticatedUsers is everybody with a Google account.",
  mapsTo: ["CIS 5.1"],
  check: (environment, { publicGrants }) => {
    const relevant = [...environment.resources, ...environment.data].filter(
      ({ type, values }) =>
        accessible.test(type) ||
        type === "google_iam_policy" ||
        openAcl.test(textAt(values, "predefined_acl") ?? ""),
    );
    if (relevant.length === 0) return "not applicable";
    const allowed = publicGrants.map(({ what }) => what);
    return relevant
      .filter((one) => !allowed.includes(one.path.split("/").slice(1).join("/")))
      .flatMap((one) => {
        const acl = textAt(one.values, "predefined_acl");
        const opened = openAcl.test(acl ?? "") ? [{ path: "predefined_acl", text: acl ?? "" }] : [];
        return [...everybodyWithin(one), ...opened].map(({ path, text }) =>
          one.violation(
            path,
            `${text}: everybody on the internet`,
            "name who needs it; what must be public has an entry in publicGrants of environments/allowances.ts",
          ),
        );
      });
  },
};
