import type { Delivery } from "../../environments/delivery-schema";

/** One environment that a ref leads to. */
export interface Step {
  readonly environment: string;
  /** `approval`: the environment's reviewers say yes first. */
  readonly mode: "automatic" | "approval";
  /** The environment that must have succeeded before. */
  readonly after?: string;
}

/** Where a ref leads. */
export interface Decision {
  /** `refs/heads/main`. */
  readonly ref: string;
  /** In order; none when it leads nowhere. */
  readonly steps: readonly Step[];
  /** Why it leads nowhere, or not everywhere: sentences with what to do. */
  readonly reasons: readonly string[];
}

/** What is known of a ref. */
export interface RefFacts {
  /** Full name, `refs/heads/main`. */
  readonly ref: string;
  /** Whether its commit is on the main branch; production takes nothing else. */
  readonly isOnMain: boolean;
}

const tags = "refs/tags/";

/** Whether production may take it. A ref is what somebody says; which commits a branch has is what git knows. */
export function isFromMain(
  { ref, isOnMain }: RefFacts,
  { mainBranch }: Pick<Delivery, "mainBranch">,
): boolean {
  return isOnMain && (ref.startsWith(tags) || ref === `refs/heads/${mainBranch}`);
}

/**
 * Which environments a ref may be deployed to, and how.
 *
 * @param delivery the branch map, `environments/delivery.ts`
 */
export function decide({ ref, isOnMain }: RefFacts, delivery: Delivery): Decision {
  const { routes, environments, mainBranch } = delivery;
  if (ref.startsWith("refs/pull/")) {
    return {
      ref,
      steps: [],
      reasons: ["A pull request is planned and previewed; it is deployed once merged."],
    };
  }
  const route = routes.find((one) => matches(one.ref, ref));
  if (!route) {
    const known = routes.map(({ ref: to }) => ("branch" in to ? `branch ${to.branch}` : `tag ${to.tag}`));
    return {
      ref,
      steps: [],
      reasons: [
        `${ref} leads to no environment; environments/delivery.ts knows ${known.join(", ") || "no routes"}.`,
      ],
    };
  }
  const isTag = ref.startsWith(tags);
  const fromMain = isFromMain({ ref, isOnMain }, delivery);
  const allowed = route.to.filter(
    ({ environment }) => environments[environment]?.pack !== "prod" || fromMain,
  );
  const refused = route.to.filter((step) => !allowed.includes(step));
  return {
    ref,
    steps: allowed.map((step, index) => {
      const before = allowed[index - 1];
      return before ? { ...step, after: before.environment } : step;
    }),
    reasons: refused.map(
      ({ environment }) =>
        `${environment} takes only what is on ${mainBranch}: merge it there${isTag ? ", then tag that commit" : ""}.`,
    ),
  };
}

/**
 * A ref's full name.
 *
 * @param ref `main`, `refs/heads/main`, `tags/v1.2.0`
 */
export function fullRef(ref: string): string {
  if (ref.startsWith("refs/")) return ref;
  if (/^(heads|tags|pull)\//.test(ref)) return `refs/${ref}`;
  return `refs/heads/${ref}`;
}

function matches(to: Delivery["routes"][number]["ref"], ref: string): boolean {
  const [prefix, pattern] = "branch" in to ? ["refs/heads/", to.branch] : ["refs/tags/", to.tag];
  const parts = pattern.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${prefix}${parts.join("[^/]*")}$`).test(ref);
}
