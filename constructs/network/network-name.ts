/** A network, made here or in another stack. */
export interface NetworkLike {
  /** `projects/<project>/global/networks/<name>`. */
  readonly networkId: string;
}

/** A subnet, made here or in another stack. */
export interface SubnetLike {
  /** `projects/<project>/regions/<region>/subnetworks/<name>`. */
  readonly subnetId: string;
  readonly region: string;
}

/** A network that another stack makes, known by its name. */
export function networkNamed(project: string, name: string): NetworkLike {
  return { networkId: `projects/${project}/global/networks/${name}` };
}

/** A subnet that another stack makes, known by its name. */
export function subnetNamed(project: string, region: string, name: string): SubnetLike {
  return { region, subnetId: `projects/${project}/regions/${region}/subnetworks/${name}` };
}
