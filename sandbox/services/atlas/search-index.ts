import { ProviderError } from "../api-error";
import type { Behaviours } from "../behaviour";
import { text } from "../shape/paths";

/** What makes an index another one; the provider plans a change of it and refuses it during the apply. */
const identity = ["name", "type", "database", "collection_name"];

/**
 * Search indexes.
 * Source: internal/service/searchindex/resource_search_index.go, v1.41.1.
 */
export const searchIndexBehaviours: Behaviours = {
  mongodbatlas_search_index: {
    unread: ["wait_for_index_build_completion"],
    // The provider never sets it.
    computed: { status: () => null },
    beforeUpdate({ object, prior }) {
      if (identity.every((name) => text(object, name) === text(prior, name))) return;
      throw new ProviderError(
        `error updating search index (${text(object, "name")}): attributes name, type, database and collection_name can't be updated`,
      );
    },
  },
};
