import { type Problem, UserError } from "@groundwork/user-error";
import { delivery } from "./delivery";
import { type Delivery, deliverySchema } from "./delivery-schema";
import { checked, shown } from "./problems";

/**
 * How changes reach environments, checked.
 *
 * @param value what `delivery.ts` says, unless told otherwise
 * @throws UserError with every problem
 */
export function loadDelivery(value: unknown = delivery): Delivery {
  const { value: loaded, problems } = checked(deliverySchema, value, "delivery");
  const all = loaded ? agreementProblems(loaded) : problems;
  if (loaded && all.length === 0) return loaded;
  throw new UserError("environments/delivery.ts can't be used.", all);
}

function agreementProblems({ routes, environments, mainBranch }: Delivery): Problem[] {
  const known = Object.keys(environments);
  return routes.flatMap(({ ref, to }, index) =>
    to.flatMap(({ environment, mode }, step): Problem[] => {
      const field = `delivery.routes[${index}].to[${step}]`;
      const rules = environments[environment];
      if (!rules) {
        return [
          {
            field: `${field}.environment`,
            found: shown(environment),
            expected: `one of ${known.join(", ")}`,
          },
        ];
      }
      if (to.findIndex((one) => one.environment === environment) !== step) {
        return [
          { field: `${field}.environment`, found: `${shown(environment)} a second time`, expected: "once" },
        ];
      }
      if (rules.pack !== "prod") return [];
      return [
        ...("branch" in ref && ref.branch !== mainBranch
          ? [
              {
                field: `delivery.routes[${index}].ref.branch`,
                found: `${shown(ref.branch)}, which leads to ${environment}`,
                expected: `${shown(mainBranch)}, or a tag: production comes from there alone`,
              },
            ]
          : []),
        ...(mode === "approval"
          ? []
          : [{ field: `${field}.mode`, found: shown(mode), expected: '"approval" for production' }]),
      ];
    }),
  );
}
