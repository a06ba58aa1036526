import {
  type SearchIndexConfig,
  SearchIndex as SearchIndexResource,
} from "@cdktf/provider-mongodbatlas/lib/search-index";
import { Construct } from "constructs";
import { check, checkName, refuse } from "../problems";
import { atlas } from "../provider/providers";
import { type Transformable, transformed } from "../transform";
import type { ClusterLike } from "./cluster-like";
import { databaseNamePattern } from "./database-access";
import { databaseNameBytes } from "./tiers";

/** What both kinds of index say. */
interface IndexProps extends Transformable<{ index: SearchIndexConfig }> {
  readonly cluster: ClusterLike;
  /** Database of the collection. Another one is another index. */
  readonly database: string;
  /** The collection, which must exist. Another one is another index. */
  readonly collection: string;
  /** Unique in the collection. Another one is another index. */
  readonly name: string;
}

/** Props of `SearchIndex`. */
export interface SearchIndexProps extends IndexProps {
  /**
   * Index every field, as Atlas sees fit.
   *
   * @default - true where no fields are given
   */
  readonly dynamic?: boolean;
  /**
   * Fields by name, as in the manual: `{ title: { type: "string", analyzer: "lucene.english" } }`.
   *
   * @default - none
   */
  readonly fields?: Readonly<Record<string, unknown>>;
  /** @default "lucene.standard" */
  readonly analyzer?: string;
}

/** A vector that is compared with. */
export interface VectorField {
  /** Path of the field with the vector. */
  readonly path: string;
  /** Length of the vectors, 1 to 8192. */
  readonly dimensions: number;
  readonly similarity: "cosine" | "euclidean" | "dotProduct";
}

/** Props of `VectorIndex`. */
export interface VectorIndexProps extends IndexProps {
  readonly vectors: readonly VectorField[];
  /**
   * Paths of fields that a search may filter by.
   *
   * @default - none
   */
  readonly filters?: readonly string[];
}

/**
 * A full-text index. Name, database and collection can't change in place (Atlas refuses it during the apply), so they are
 * part of the resource's id: another name is a new index, and the old one goes.
 *
 * @throws UserError when a name is none
 * @see https://www.mongodb.com/docs/atlas/atlas-search/index-definitions/
 */
export class SearchIndex extends Construct {
  constructor(scope: Construct, id: string, props: SearchIndexProps) {
    super(scope, id);
    refuse(this, `search index ${props.name}`, checkNames(props));
    atlas(this);
    const { fields, dynamic = fields === undefined, analyzer = "lucene.standard" } = props;
    createIndex(this, "search", props, {
      analyzer,
      mappingsDynamic: dynamic,
      ...(fields ? { mappingsFields: JSON.stringify(fields) } : {}),
    });
  }
}

/**
 * An index of vectors. As a `SearchIndex`, it is another one when its name, database or collection is.
 *
 * @throws UserError when a name is none, or vectors can't be so long
 * @see https://www.mongodb.com/docs/atlas/atlas-vector-search/vector-search-type/
 */
export class VectorIndex extends Construct {
  constructor(scope: Construct, id: string, props: VectorIndexProps) {
    super(scope, id);
    const { vectors, filters = [] } = props;
    refuse(this, `vector index ${props.name}`, [
      ...checkNames(props),
      check(vectors.length > 0, "vectors", vectors, "at least one"),
      ...vectors.map(({ dimensions }, index) =>
        check(
          Number.isInteger(dimensions) && dimensions >= 1 && dimensions <= 8192,
          `vectors.${index}.dimensions`,
          dimensions,
          "1 to 8192",
        ),
      ),
    ]);
    atlas(this);
    createIndex(this, "vectorSearch", props, {
      fields: JSON.stringify([
        ...vectors.map(({ path, dimensions, similarity }) => ({
          type: "vector",
          path,
          numDimensions: dimensions,
          similarity,
        })),
        ...filters.map((path) => ({ type: "filter", path })),
      ]),
    });
  }
}

function checkNames({ database, collection, name }: IndexProps) {
  const longest = `1 to ${databaseNameBytes} letters, digits, - and _`;
  return [
    checkName(database, databaseNamePattern(databaseNameBytes), "database", longest),
    checkName(collection, /^(?!system\.)[^$\0]{1,255}$/, "collection", "a collection's name, without $"),
    checkName(name, /^[^\s$]{1,64}$/, "name", "1 to 64 characters, without spaces and $"),
  ];
}

function createIndex(
  scope: Construct,
  type: "search" | "vectorSearch",
  { cluster, database, collection, name, transform }: IndexProps,
  definition: Partial<SearchIndexConfig>,
): void {
  new SearchIndexResource(
    scope,
    `${database}-${collection}-${name}`,
    transformed<SearchIndexConfig>(
      {
        projectId: cluster.project.projectId,
        clusterName: cluster.clusterName,
        database,
        collectionName: collection,
        name,
        type,
        // A failed build shows in this apply and not in the first search.
        waitForIndexBuildCompletion: true,
        ...definition,
      },
      transform?.index,
    ),
  );
}
