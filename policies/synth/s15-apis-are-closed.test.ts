import { judgedBy, ref } from "../testing";
import { apisAreClosed } from "./s15-apis-are-closed";

const backend = {
  address: "https://orders-dot-shop-prod.ew.r.appspot.com",
  jwt_audience: "x",
  deadline: 5,
  path_translation: "APPEND_PATH_TO_ADDRESS",
};
const config = (operation: object, more = {}, method = "get") => ({
  "google_api_gateway_api_config.c": {
    api_config_id: "c-0123456789ab",
    gateway_config: {
      backend_config: { google_service_account: "gateway@shop-prod.iam.gserviceaccount.com" },
    },
    lifecycle: { create_before_destroy: true },
    openapi_documents: [
      {
        document: {
          path: "a.json",
          contents: Buffer.from(
            JSON.stringify({ swagger: "2.0", paths: { "/orders": { [method]: operation } } }),
          ).toString("base64"),
        },
      },
    ],
    ...more,
  },
});
const secured = { security: [{ customer: [] }], "x-google-backend": backend };

describe("S15", () => {
  test("GIVEN no API WHEN judged THEN it is not applicable", () => {
    expect(judgedBy(apisAreClosed, {})).toEqual("not applicable");
  });

  test("GIVEN a route for customers WHEN judged THEN it is compliant", () => {
    expect(judgedBy(apisAreClosed, config(secured))).toEqual("compliant");
  });

  test("GIVEN a route on the public list WHEN judged THEN it is compliant", () => {
    expect(
      judgedBy(apisAreClosed, config({ security: [], "x-google-backend": backend }), {
        settings: { publicRoutes: [{ what: "GET /orders", why: "A test." }] },
      }),
    ).toEqual("compliant");
  });

  test("GIVEN a browser's preflight WHEN judged THEN it is compliant", () => {
    expect(
      judgedBy(apisAreClosed, config({ security: [], "x-google-backend": backend }, {}, "options")),
    ).toEqual("compliant");
  });

  test("GIVEN an open route WHEN judged THEN it is not compliant", () => {
    expect(judgedBy(apisAreClosed, config({ security: [], "x-google-backend": backend }))).toEqual([
      "GET /orders",
    ]);
  });

  test("GIVEN a route that also takes nothing WHEN judged THEN it is not compliant", () => {
    expect(judgedBy(apisAreClosed, config({ ...secured, security: [{ customer: [] }, {}] }))).toEqual([
      "GET /orders",
    ]);
  });

  test("GIVEN a backend of another project WHEN judged THEN it is not compliant", () => {
    expect(
      judgedBy(
        apisAreClosed,
        config({
          ...secured,
          "x-google-backend": { ...backend, address: "https://orders-dot-shop-dev.ew.r.appspot.com" },
        }),
      ),
    ).toEqual(["GET /orders x-google-backend.address"]);
  });

  test("GIVEN a backend left to defaults WHEN judged THEN it is not compliant", () => {
    expect(
      judgedBy(apisAreClosed, config({ ...secured, "x-google-backend": { address: backend.address } })),
    ).toEqual([
      "GET /orders x-google-backend.jwt_audience",
      "GET /orders x-google-backend.deadline",
      "GET /orders x-google-backend.path_translation",
    ]);
  });

  test("GIVEN no account, an id by hand, the wrong order WHEN judged THEN it is not compliant", () => {
    expect(
      judgedBy(
        apisAreClosed,
        config(secured, { api_config_id: "v1", gateway_config: null, lifecycle: null }),
      ),
    ).toEqual([
      "gateway_config.backend_config.google_service_account",
      "lifecycle.create_before_destroy",
      "api_config_id",
    ]);
  });

  test("GIVEN a document that can't be read WHEN judged THEN it is not compliant", () => {
    expect(
      judgedBy(
        apisAreClosed,
        config(secured, {
          openapi_documents: [{ document: { path: "a.json", contents: ref("var.document") } }],
        }),
      ),
    ).toEqual(["openapi_documents"]);
  });
});
