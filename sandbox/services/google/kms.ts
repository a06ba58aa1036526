import { ApiError, ProviderError } from "../api-error";
import type { Behaviours } from "../behaviour";
import { text } from "../shape/paths";

const RING = "google_kms_key_ring";
const KEY = "google_kms_crypto_key";

/**
 * Key rings and keys can't be deleted: destroying one forgets it (and destroys the key's versions), its name stays taken.
 * Source: google/services/kms/resource_kms_{key_ring,crypto_key}.go, v6.50.0.
 */
export const kmsBehaviours: Behaviours = {
  [RING]: {
    keeps: true,
    conflict: (scene) => new ApiError(409, `KeyRing ${scene.id} already exists.`),
  },
  [KEY]: {
    keeps: true,
    parseImport(id) {
      const [, ring, name] =
        /^(projects\/.+\/locations\/.+\/keyRings\/[^/]+)\/cryptoKeys\/([^/]+)$/.exec(id) ?? [];
      if (ring !== undefined && name !== undefined) return { id, key_ring: ring, name };
      throw new ProviderError(
        `Invalid CryptoKey id format, expecting \`{projectId}/{locationId}/{KeyringName}/{cryptoKeyName}\` or ` +
          "`{locationId}/{keyRingName}/{cryptoKeyName}, got id: " +
          id,
      );
    },
    conflict: (scene) => new ApiError(409, `CryptoKey ${scene.id} already exists.`),
    beforeCreate({ cloud, object }) {
      const ring = text(object, "key_ring");
      if (cloud.get(RING, ring) === undefined) throw new ApiError(404, `KeyRing ${ring} not found.`);
    },
  },
};
