/** What is read of a stack's `cdk.tf.json`. */
export interface Configuration {
  terraform?: { [key: string]: unknown };
  provider?: unknown;
  moved?: readonly { from: string; to: string }[];
  resource?: { [type: string]: { [id: string]: unknown } };
}

/** Addresses of a stack's resources. */
export function addressesIn(configuration: string): Set<string> {
  const { resource = {} } = JSON.parse(configuration) as Configuration;
  return new Set(
    Object.entries(resource).flatMap(([type, ofType]) => Object.keys(ofType).map((id) => `${type}.${id}`)),
  );
}
