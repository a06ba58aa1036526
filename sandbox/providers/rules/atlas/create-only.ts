import { equalValues, isUnknown, type Value } from "../../../values/value";
import type { FrameworkRuleSet, PlanModifier } from "../../framework/modifier-types";

/**
 * Attributes that can be given on creation only: a change is an error, an unknown or missing value keeps the stored
 * one (internal/common/customplanmodifier/create_only.go of the Atlas provider; the schemas of project and flexcluster).
 *
 * @param fallback value on creation when none is given
 */
function onlyOnCreation(fallback?: Value): PlanModifier {
  return ({ planned, state, prior, path }) => {
    const given = planned !== null && !isUnknown(planned);
    if (prior === null) return given || fallback === undefined ? {} : { planned: fallback };
    if (!given) return { planned: state };
    if (equalValues(state, planned)) return {};
    return {
      error: {
        summary: `${path.join(".")} cannot be updated or set after import, remove it from the configuration or use the state value (see below).`,
        detail: `The current state value is ${JSON.stringify(state)}`,
      },
    };
  };
}

export const createOnly: FrameworkRuleSet = {
  modify: {
    "mongodbatlas_flex_cluster name": onlyOnCreation(),
    "mongodbatlas_flex_cluster project_id": onlyOnCreation(),
    "mongodbatlas_flex_cluster provider_settings.backing_provider_name": onlyOnCreation(),
    "mongodbatlas_flex_cluster provider_settings.region_name": onlyOnCreation(),
    "mongodbatlas_project project_owner_id": onlyOnCreation(),
    "mongodbatlas_project with_default_alerts_settings": onlyOnCreation(true),
  },
};
