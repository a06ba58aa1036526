import type { SynthRule } from "../rule";

const scopes = /^google_(project|folder|organization)_iam_(member|binding|policy|audit_config)$/;

export const grantsAreAdditive: SynthRule = {
  id: "S5",
  title: "Rights on a whole project are added one by one",
  why: "A policy or a binding for a whole project takes away what others gave, Google's own agents included.",
  mapsTo: [],
  check: (environment) => {
    const wide = environment.resources.filter(({ type }) => scopes.test(type));
    if (wide.length === 0) return "not applicable";
    return wide
      .filter(({ type }) => /_(binding|policy)$/.test(type))
      .map((one) =>
        one.violation(
          undefined,
          `${one.type}, which takes away what it does not name`,
          `use ${one.type.replace(/_(binding|policy)$/, "_member")}, one for each role and member`,
        ),
      );
  },
};
