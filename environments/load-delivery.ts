import { type Problem, UserError } from "@groundwork/user-error";
import { delivery } from "./delivery";
import { type Delivery, type DeliveryFile, deliverySchema, type Pack } from "./delivery-schema";
import type { Environment } from "./environment";
import { definitions } from "./load";
import { checked, shown } from "./problems";

const packOfStage: Readonly<Record<Environment["stage"], Pack>> = {
  production: "prod",
  staging: "staging",
  development: "dev",
  preview: "preview",
};

/** Name and stage of every environment that the code has. */
export type Stages = readonly Pick<Environment, "name" | "stage">[];

/**
 * How changes reach environments, checked. Rules for an environment that the code does not have are judged as
 * production's, unless `withFormer` knows better.
 *
 * @param value what `delivery.ts` says, unless told otherwise
 * @throws UserError with every problem
 */
export function loadDelivery(
  value: unknown = delivery,
  stages: Stages = definitions.map(({ fields }) => fields),
): Delivery {
  const packs = Object.fromEntries(stages.map(({ name, stage }) => [name, packOfStage[stage]]));
  const { value: file, problems } = checked(deliverySchema, value, "delivery");
  const loaded = file && {
    ...file,
    packs,
    environments: Object.fromEntries(
      Object.entries(file.environments).map(([name, rules]) => [
        name,
        { ...rules, pack: packs[name] ?? "prod" },
      ]),
    ),
  };
  const all = loaded ? agreementProblems(loaded) : problems;
  if (loaded && all.length === 0) return loaded;
  throw new UserError("environments/delivery.ts can't be used.", all);
}

/**
 * The same with what is known of environments that the code no longer has: the stage that each had last says by which
 * pack it is judged until it is gone.
 */
export function withFormer(delivery: Delivery, former: Stages): Delivery {
  const packs = {
    ...Object.fromEntries(former.map(({ name, stage }) => [name, packOfStage[stage]])),
    ...delivery.packs,
  };
  const environments = Object.entries(delivery.environments).map(([name, rules]) => [
    name,
    { ...rules, pack: packs[name] ?? rules.pack },
  ]);
  return { ...delivery, packs, environments: Object.fromEntries(environments) };
}

function agreementProblems({ routes, environments, mainBranch, packs }: Delivery): Problem[] {
  return routes.flatMap(({ ref, to }, index) => {
    const route = `delivery.routes[${index}]`;
    return to.flatMap(({ environment, mode }, step): Problem[] => {
      const field = `${route}.to[${step}]`;
      const rules = environments[environment];
      if (!rules) {
        const known = Object.keys(environments).join(", ");
        return [{ field: `${field}.environment`, found: shown(environment), expected: `one of ${known}` }];
      }
      if (!packs[environment]) {
        const there = Object.keys(packs).join(", ");
        return [
          {
            field: `${field}.environment`,
            found: `${shown(environment)}, which environments/ doesn't have`,
            expected: `one of ${there}`,
          },
        ];
      }
      if (to.findIndex((one) => one.environment === environment) !== step) {
        return [
          { field: `${field}.environment`, found: `${shown(environment)} a second time`, expected: "once" },
        ];
      }
      return rules.pack === "prod"
        ? productionProblems({ ref, mode, mainBranch, environment, route, field })
        : [];
    });
  });
}

interface ProductionStep {
  ref: DeliveryFile["routes"][number]["ref"];
  mode: "automatic" | "approval";
  mainBranch: string;
  environment: string;
  route: string;
  field: string;
}

function productionProblems({ ref, mode, mainBranch, environment, route, field }: ProductionStep): Problem[] {
  return [
    ...("branch" in ref && ref.branch !== mainBranch
      ? [
          {
            field: `${route}.ref.branch`,
            found: `${shown(ref.branch)}, which leads to ${environment}`,
            expected: `${shown(mainBranch)}, or a tag: production comes from there alone`,
          },
        ]
      : []),
    ...(mode === "approval"
      ? []
      : [{ field: `${field}.mode`, found: shown(mode), expected: '"approval" for production' }]),
  ];
}
