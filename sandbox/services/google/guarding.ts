import type { Behaviours } from "../behaviour";
import { projectNumber } from "../identity/derived";
import { blocksAt, lastSegment, text, withValueAt } from "../shape/paths";

/**
 * Organisation policies and budgets, which the APIs answer in their own words.
 * Source: google/services/orgpolicy/resource_org_policy_policy.go (its encoder shortens the name),
 * google/services/billing/resource_billing_budget.go, v6.50.0.
 */
export const guardingBehaviours: Behaviours = {
  google_org_policy_policy: {
    id: ({ object }) => `${text(object, "parent")}/policies/${lastSegment(text(object, "name"))}`,
    settle: (state) => ({ ...state, name: lastSegment(text(state, "name")) }),
  },
  google_billing_budget: {
    settle(state) {
      const [filter] = blocksAt(state, "budget_filter");
      const projects = filter?.projects;
      if (!Array.isArray(projects)) return state;
      const numbers = projects.map((project) =>
        typeof project === "string"
          ? project.replace(/^projects\/(?=.*\D)(.+)$/, (_, id: string) => `projects/${projectNumber(id)}`)
          : project,
      );
      return withValueAt(state, "budget_filter.projects", numbers);
    },
  },
};
