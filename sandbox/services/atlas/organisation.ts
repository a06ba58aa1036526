import type { ObjectValue, Value } from "../../values/value";
import type { Behaviours, Change } from "../behaviour";
import { objectId } from "../identity/derived";

const POLICY = "mongodbatlas_resource_policy";

/** Who the sandbox's API key belongs to. */
const keyOwner = (): ObjectValue => ({ id: objectId(POLICY, "api key"), name: "groundwork-sandbox" });

/**
 * What holds for every project of an organisation.
 * Source: internal/service/resourcepolicy/resource.go, v1.41.1. Whether a statement is right is Atlas's to say.
 */
export const organisationBehaviours: Behaviours = {
  [POLICY]: {
    computed: {
      created_by_user: keyOwner,
      last_updated_by_user: keyOwner,
      created_date: ({ cloud }) => cloud.now,
      last_updated_date: ({ cloud }) => cloud.now,
      version: () => "v1",
      "policies.id": ({ object }: Change, statement: ObjectValue): Value =>
        objectId(POLICY, String(object.org_id), String(statement.body)),
    },
    touched: ["last_updated_date"],
  },
};
