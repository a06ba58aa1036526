/** A configuration that may be changed before it becomes a resource. */
export type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Changes one resource's configuration in place. */
export type Change<Config> = (config: Mutable<Config>) => void;

/**
 * The escape hatch, the same in every construct: `transform: { cluster: (config) => { config.paused = true; } }`
 * changes what the provider's resource is given, last, after everything that the construct does itself.
 */
export interface Transformable<Parts> {
  /** @default - resources are made as the construct configures them */
  readonly transform?: { readonly [Part in keyof Parts]?: Change<Parts[Part]> };
}

/** The configuration after the user's change. */
export function transformed<Config extends object>(
  config: Config,
  change: Change<Config> | undefined,
): Config {
  change?.(config);
  return config;
}
