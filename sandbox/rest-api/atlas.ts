import { blocksAt, text } from "../services/shape/paths";
import type { StoredObject } from "../store/contract";
import type { Collection, PathNames } from "./collection";

const host = "cloud.mongodb.com";
const group = "/api/atlas/v2/groups/{group}";
const USER = "mongodbatlas_database_user";
const ROLE = "mongodbatlas_custom_db_role";
const PROJECT = "mongodbatlas_project";

const ofGroup =
  ({ group: id }: PathNames) =>
  ({ attributes }: StoredObject) =>
    text(attributes, "project_id") === id;

/**
 * The lists of the Atlas Administration API in which things of previews can be found.
 *
 * https://www.mongodb.com/docs/atlas/reference/api-resources-spec/v2/
 */
export const atlasCollections: readonly Collection[] = [
  {
    host,
    // Not a list there either, but read like one of its entries.
    path: "/api/atlas/v2/groups/byName",
    type: PROJECT,
    entries: (cloud) =>
      cloud.list(PROJECT).map((object) => {
        const { id } = object;
        const name = text(object.attributes, "name");
        return { name, type: PROJECT, resource: { id, name, created: object.createdAt } };
      }),
  },
  {
    host,
    path: `${group}/databaseUsers`,
    type: USER,
    field: "results",
    entries: (cloud, names) =>
      cloud
        .list(USER)
        .filter(ofGroup(names))
        .map((object) => {
          const username = text(object.attributes, "username");
          const databaseName = text(object.attributes, "auth_database_name");
          const roles = blocksAt(object.attributes, "roles").map((role) => ({
            roleName: text(role, "role_name"),
            databaseName: text(role, "database_name"),
          }));
          const labels = blocksAt(object.attributes, "labels").map((label) => ({
            key: text(label, "key"),
            value: text(label, "value"),
          }));
          const resource = { username, databaseName, groupId: names.group ?? "", roles, labels };
          return { name: `${databaseName}/${username}`, type: USER, object, resource };
        }),
  },
  {
    host,
    path: `${group}/customDBRoles/roles`,
    type: ROLE,
    entries: (cloud, names) =>
      cloud
        .list(ROLE)
        .filter(ofGroup(names))
        .map((object) => {
          const name = text(object.attributes, "role_name");
          return { name, type: ROLE, object, resource: { roleName: name } };
        }),
  },
  clusters("flexClusters", "mongodbatlas_flex_cluster", "create_date"),
  clusters("clusters", "mongodbatlas_advanced_cluster", "create_date"),
];

function clusters(list: string, type: string, created: string): Collection {
  return {
    host,
    path: `${group}/${list}`,
    type,
    field: "results",
    entries: (cloud, names) =>
      cloud
        .list(type)
        .filter(ofGroup(names))
        .map((object) => {
          const name = text(object.attributes, "name");
          const createDate = text(object.attributes, created) || object.createdAt;
          return { name, type, object, resource: { name, groupId: names.group ?? "", createDate } };
        }),
  };
}
