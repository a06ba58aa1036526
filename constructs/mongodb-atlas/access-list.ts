import {
  ProjectIpAccessList,
  type ProjectIpAccessListConfig,
} from "@cdktf/provider-mongodbatlas/lib/project-ip-access-list";
import type { Problem } from "@groundwork/user-error";
import { Token } from "cdktf";
import { Construct } from "constructs";
import { check, checkName, refuse } from "../problems";
import { atlas } from "../provider/providers";
import { type Transformable, transformed } from "../transform";
import type { AtlasProjectLike } from "./atlas-project";
import type { FlexCluster } from "./flex-cluster";

/** The shortest prefix of a range: 16 million addresses. Anything wider is as good as the whole internet. */
const shortestPrefix = 8;

/** Somebody who may connect. */
export interface AccessListEntry {
  /** One IPv4 address, or a range in CIDR notation of prefix length 8 or longer. An address that is yet to be made is known by its comment. */
  readonly range: string;
  /** Who that is, at most 80 characters; it stands in Atlas's pages. */
  readonly comment: string;
}

/** Props of `AccessList`. */
export interface AccessListProps extends Transformable<{ entry: ProjectIpAccessListConfig }> {
  readonly project: AtlasProjectLike;
  readonly entries: readonly AccessListEntry[];
  /**
   * Lets the whole internet try to sign in, for as long as this Flex cluster is there: for tests that run anywhere, with
   * data that means nothing. A dedicated cluster can't be given here.
   *
   * @default - never
   */
  readonly openFor?: FlexCluster;
}

/**
 * The addresses from which a project's clusters are reached over the internet or by peering. Private links don't need
 * it.
 *
 * @throws UserError with every range that is none, too wide or twice
 * @see https://www.mongodb.com/docs/atlas/security/ip-access-list/
 */
export class AccessList extends Construct {
  constructor(scope: Construct, id: string, props: AccessListProps) {
    super(scope, id);
    this.validate(props);
    atlas(this);
    for (const entry of props.entries) {
      this.createEntry(`entry-${nameOf(entry).replaceAll(/[./]/g, "-")}`, props, entry);
    }
    if (props.openFor) {
      this.createEntry("open", props, {
        range: "0.0.0.0/0",
        comment: `Open while the Flex cluster ${props.openFor.node.id} is there`,
      });
    }
  }

  private validate({ entries }: AccessListProps): void {
    const ranges = entries.map(({ range }) => (range.includes("/") ? range : `${range}/32`));
    refuse(this, "the access list", [
      ...entries.flatMap(({ range, comment }, index) => [
        ...(Token.isUnresolved(range) ? [] : rangeProblems(range, `entries.${index}.range`)),
        check(
          ranges.indexOf(ranges[index] ?? "") === index,
          `entries.${index}.range`,
          range,
          "each range once",
        ),
        checkName(comment, /^.{1,80}$/, `entries.${index}.comment`, "who that is, in at most 80 characters"),
      ]),
    ]);
  }

  private createEntry(
    id: string,
    { project, transform }: AccessListProps,
    { range, comment }: AccessListEntry,
  ): void {
    // No timeouts: adding or removing them later would replace the entry.
    new ProjectIpAccessList(
      this,
      id,
      transformed<ProjectIpAccessListConfig>(
        {
          projectId: project.projectId,
          ...(range.includes("/") ? { cidrBlock: range } : { ipAddress: range }),
          comment,
        },
        transform?.entry,
      ),
    );
  }
}

/** An address that Google has yet to choose is known by whose it is. */
function nameOf({ range, comment }: AccessListEntry): string {
  return Token.isUnresolved(range) ? comment : range;
}

function rangeProblems(range: string, field: string): (Problem | undefined)[] {
  return [
    checkName(
      range,
      /^((25[0-5]|2[0-4]\d|1?\d?\d)(\.|(?=\/|$))){4}(\/(3[0-2]|[12]?\d))?$/,
      field,
      "an IPv4 address, or a range such as 203.0.113.0/24",
    ),
    check(
      Number(range.split("/")[1] ?? 32) >= shortestPrefix,
      field,
      range,
      `a prefix length of at least ${shortestPrefix}: nearly everybody is nobody in particular`,
    ),
  ];
}
