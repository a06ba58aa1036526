import {
  type ResourcePolicyConfig,
  ResourcePolicy as ResourcePolicyResource,
} from "@cdktf/provider-mongodbatlas/lib/resource-policy";
import { Construct } from "constructs";
import { check, checkName, refuse } from "../problems";
import { atlas } from "../provider/providers";
import { type Transformable, transformed } from "../transform";
import { type AtlasRegion, googleRegions } from "./regions";

/** What nobody in the organisation may do, owners included, in Cedar. */
export const ResourcePolicies = {
  /** No project lets the whole internet in. */
  noOpenAccessList: (): string =>
    forbid("project.ipAccessList.modify", 'context.project.ipAccessList.contains(ip("0.0.0.0/0"))'),

  /** Clusters are on Google Cloud only. */
  onlyGoogleCloud: (): string =>
    forbid(
      "cluster.modify",
      'context.cluster.cloudProviders.containsAny([ResourcePolicy::CloudProvider::"aws", ResourcePolicy::CloudProvider::"azure"])',
    ),

  /** Data stays in these regions. */
  onlyRegions: (...regions: readonly [AtlasRegion, ...AtlasRegion[]]): string =>
    unless(
      "cluster.modify",
      `[${regions.map((region) => `ResourcePolicy::Region::"gcp:${googleRegions[region]}"`).join(", ")}].containsAll(context.cluster.regions)`,
    ),
} as const;

/** Props of `ResourcePolicy`. */
export interface ResourcePolicyProps extends Transformable<{ policy: ResourcePolicyConfig }> {
  /** 24 hexadecimal digits. The policy binds every project of the organisation. */
  readonly organisationId: string;
  /** Unique in the organisation. */
  readonly name: string;
  /** What it is for, one line. */
  readonly purpose: string;
  /** Cedar statements: those of `ResourcePolicies`, or own ones. */
  readonly statements: readonly string[];
}

/**
 * Limits that hold for everything in the organisation, whoever makes it and however. One for each purpose, in one stack
 * of one environment only.
 *
 * @throws UserError when the organisation or the name is none, or there is no statement
 * @see https://www.mongodb.com/docs/atlas/atlas-resource-policies/
 */
export class ResourcePolicy extends Construct {
  constructor(scope: Construct, id: string, props: ResourcePolicyProps) {
    super(scope, id);
    const { organisationId, name, purpose, statements, transform } = props;
    refuse(this, `resource policy ${name}`, [
      checkName(organisationId, /^[0-9a-f]{24}$/, "organisationId", "24 hexadecimal digits"),
      checkName(
        name,
        /^[A-Za-z0-9][A-Za-z0-9 _-]{0,63}$/,
        "name",
        "1 to 64 letters, digits, spaces, - and _",
      ),
      check(statements.length > 0, "statements", statements, "at least one"),
      ...statements.map((statement, index) =>
        check(
          /^\s*(forbid|permit)\s*\(/.test(statement),
          `statements.${index}`,
          statement.slice(0, 40),
          "a Cedar statement: forbid (…) when {…};",
        ),
      ),
    ]);
    atlas(this);
    new ResourcePolicyResource(
      this,
      "policy",
      transformed<ResourcePolicyConfig>(
        {
          orgId: organisationId,
          name,
          description: purpose,
          policies: statements.map((body) => ({ body })),
        },
        transform?.policy,
      ),
    );
  }
}

function forbid(action: string, condition: string): string {
  return statement(action, "when", condition);
}

function unless(action: string, condition: string): string {
  return statement(action, "unless", condition);
}

function statement(action: string, word: "when" | "unless", condition: string): string {
  const subject = `forbid (principal, action == ResourcePolicy::Action::"${action}", resource)`;
  return `${subject} ${word} { ${condition} };`;
}
