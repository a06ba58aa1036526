import { ApiError } from "../../api-error";
import type { Behaviours } from "../../behaviour";
import { requireApplication } from "./application";

/** Priority of the rule that every application has from the start, for everybody else. */
const DEFAULT_RULE = 2_147_483_647;

/**
 * Rules by priority: that is their name, so a rule can't move to another one.
 * Source: google/services/appengine/resource_app_engine_firewall_rule.go, v6.50.0; App Engine Admin API reference,
 * apps.firewall.ingressRules.
 */
export const firewallBehaviours: Behaviours = {
  google_app_engine_firewall_rule: {
    beforeCreate({ cloud, project, object }) {
      requireApplication(cloud, project);
      if (object.priority === DEFAULT_RULE) throw alreadyThere();
    },
    beforeUpdate({ object, prior, id }) {
      if (object.priority !== prior?.priority) {
        throw new ApiError(404, `Firewall ingress rule '${id}' was not found.`, "notFound");
      }
    },
    conflict: alreadyThere,
  },
};

function alreadyThere(): ApiError {
  return new ApiError(
    409,
    "A firewall ingress rule with this priority already exists in the application.",
    "alreadyExists",
  );
}
