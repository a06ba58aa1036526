import { judgedBy } from "../testing";
import { apisAreClosed } from "./s15-apis-are-closed";

const backend = {
  address: "https://orders-dot-shop-prod.ew.r.appspot.com",
  jwtAudience: "x",
  deadline: 5,
  pathTranslation: "APPEND_PATH_TO_ADDRESS",
};

/** A configuration whose document names its backend. */
function config(methods: object, one: object = backend) {
  const document = {
    openapi: "3.0.4",
    "x-google-api-management": { backends: { orders: one } },
    "x-google-backend": "orders",
    paths: { "/orders": methods },
  };
  return {
    "google_api_gateway_api_config.c": {
      api_config_id: "c-0123456789ab",
      gateway_config: {
        backend_config: { google_service_account: "gateway@shop-prod.iam.gserviceaccount.com" },
      },
      lifecycle: { create_before_destroy: true },
      openapi_documents: [
        { document: { path: "a.json", contents: Buffer.from(JSON.stringify(document)).toString("base64") } },
      ],
    },
  };
}
const secured = { get: { security: [{ customer: [] }] } };

describe("S15 of a document in OpenAPI 3", () => {
  test("GIVEN a backend by its name WHEN judged THEN it is compliant", () => {
    expect(judgedBy(apisAreClosed, config(secured))).toEqual("compliant");
  });

  test("GIVEN a named backend that leaves its audience open WHEN judged THEN it is not compliant", () => {
    const { jwtAudience: _, ...open } = backend;
    expect(judgedBy(apisAreClosed, config(secured, open))).toEqual([
      "GET /orders x-google-backend.jwt_audience",
    ]);
  });
});
