import { judgedBy, ref } from "../testing";
import { connectionsFit } from "./s32-connections-fit";

const platform = (size: string, pool?: string) => ({
  "mongodbatlas_advanced_cluster.c": {
    replication_specs: [{ region_configs: [{ electable_specs: { instance_size: size } }] }],
  },
  "google_service_account.a": { account_id: "run-orders" },
  "mongodbatlas_database_user.u": { username: `idp/${ref("google_service_account.a.unique_id")}` },
  "google_app_engine_standard_app_version.v": {
    service: "orders",
    version_id: "v1",
    service_account: "run-orders@shop-prod.iam.gserviceaccount.com",
    automatic_scaling: { standard_scheduler_settings: { max_instances: 10 } },
    ...(pool === undefined ? {} : { env_variables: { MONGODB_POOL_SIZE: pool } }),
  },
  "google_app_engine_standard_app_version.w": {
    service: "default",
    version_id: "v1",
    service_account: "run-default@shop-prod.iam.gserviceaccount.com",
  },
});
const size = "replication_specs.region_configs.electable_specs.instance_size";

describe("S32", () => {
  test("GIVEN no database WHEN judged THEN it is not applicable", () => {
    expect(judgedBy(connectionsFit, {})).toEqual("not applicable");
  });

  test("GIVEN no service that uses it WHEN judged THEN it is not applicable", () => {
    expect(judgedBy(connectionsFit, { "mongodbatlas_advanced_cluster.c": {} })).toEqual("not applicable");
  });

  test("GIVEN ten instances with pools of 100, M10 WHEN judged THEN it is compliant", () => {
    expect(judgedBy(connectionsFit, platform("M10"))).toEqual("compliant");
  });

  test("GIVEN a version without traffic WHEN judged THEN it is not applicable", () => {
    expect(
      judgedBy(connectionsFit, {
        ...platform("M10", "200"),
        "google_app_engine_service_split_traffic.s": {
          service: "orders",
          split: { allocations: { v0: "1" } },
        },
      }),
    ).toEqual("not applicable");
  });

  test("GIVEN pools of 200 in the configuration that services read at start WHEN judged THEN it is not compliant", () => {
    const address = ref('try(mongodbatlas_advanced_cluster.c["a"].srv, "")');
    const content = `{"address":"${address}","poolSizes":{"orders":200}}`;
    expect(
      judgedBy(connectionsFit, { ...platform("M10"), "google_storage_bucket_object.o": { content } }),
    ).toEqual([size]);
  });

  test("GIVEN a tier that is not known WHEN judged THEN it is not checked, and says so", () => {
    expect(judgedBy(connectionsFit, platform("M7"))).toEqual("not checked");
  });

  test("GIVEN pools of 200 WHEN judged THEN it is not compliant", () => {
    expect(judgedBy(connectionsFit, platform("M10", "200"))).toEqual([size]);
  });
});
