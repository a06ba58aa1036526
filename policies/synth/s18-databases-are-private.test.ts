import { judgedBy } from "../testing";
import { databasesArePrivate } from "./s18-databases-are-private";

const cluster = { "mongodbatlas_advanced_cluster.c": {} };
const endpoint = { "mongodbatlas_privatelink_endpoint_service.e": {} };

describe("S18", () => {
  test("GIVEN no database WHEN judged THEN it is not applicable", () => {
    expect(judgedBy(databasesArePrivate, {})).toEqual("not applicable");
  });

  test("GIVEN a private endpoint WHEN judged THEN it is compliant", () => {
    expect(judgedBy(databasesArePrivate, { ...cluster, ...endpoint })).toEqual("compliant");
  });

  test("GIVEN a peering and a private range WHEN judged THEN it is compliant", () => {
    expect(
      judgedBy(databasesArePrivate, {
        ...cluster,
        "mongodbatlas_network_peering.p": {},
        "mongodbatlas_project_ip_access_list.l": { cidr_block: "10.20.0.0/28" },
      }),
    ).toEqual("compliant");
  });

  test("GIVEN no private way WHEN judged THEN it is not compliant", () => {
    expect(judgedBy(databasesArePrivate, cluster)).toEqual(["mongodbatlas_advanced_cluster.c"]);
  });

  test("GIVEN everybody WHEN judged THEN it is not compliant", () => {
    expect(
      judgedBy(databasesArePrivate, {
        ...cluster,
        ...endpoint,
        "mongodbatlas_project_ip_access_list.l": { cidr_block: "0.0.0.0/0" },
      }),
    ).toEqual(["cidr_block"]);
  });

  test("GIVEN half of everybody WHEN judged THEN it is not compliant", () => {
    expect(
      judgedBy(databasesArePrivate, {
        "mongodbatlas_project_ip_access_list.l": { cidr_block: "128.0.0.0/1" },
      }),
    ).toEqual(["cidr_block"]);
  });
});
