import { refusals, synthesized } from "../testing";
import type { Handler } from "./handlers";
import { StandardVersion } from "./standard-version";
import { account, artifact, connector, settings } from "./trial";

const versionWith = (handlers?: readonly Handler[]) =>
  synthesized((stack) => {
    new StandardVersion(stack, "v", {
      service: "orders",
      versionId: "v20261118-aa01b77",
      artifact: artifact("1"),
      account,
      connector,
      settings: { ...settings, handlers },
    });
  }).one("google_app_engine_standard_app_version");

const everything = {
  url_regex: ".*",
  script: { script_path: "auto" },
  security_level: "SECURE_ALWAYS",
  redirect_http_response_code: "REDIRECT_HTTP_RESPONSE_CODE_301",
};

describe("handlers", () => {
  test("GIVEN none THEN all goes to the server over HTTPS, and what App Engine answers shows no change", () => {
    expect(versionWith()).toMatchObject({
      handlers: [everything],
      lifecycle: { create_before_destroy: true, ignore_changes: ["handlers"] },
    });
  });

  test("GIVEN some THEN the server answers the rest", () => {
    const { handlers } = versionWith([
      {
        kind: "static",
        path: "/assets/(.*)",
        file: "public/\\1",
        uploads: "public/.*",
        keep: "1 day",
        mimeType: "text/css",
        headers: { "X-Content-Type-Options": "nosniff" },
      },
      { kind: "server", path: "/legacy/.*", transport: "http-or-https" },
    ]);
    expect(handlers).toEqual([
      {
        url_regex: "/assets/(.*)",
        security_level: "SECURE_ALWAYS",
        redirect_http_response_code: "REDIRECT_HTTP_RESPONSE_CODE_301",
        static_files: {
          path: "public/\\1",
          upload_path_regex: "public/.*",
          expiration: "86400s",
          mime_type: "text/css",
          http_headers: { "X-Content-Type-Options": "nosniff" },
          require_matching_file: true,
          application_readable: false,
        },
      },
      { url_regex: "/legacy/.*", security_level: "SECURE_OPTIONAL", script: { script_path: "auto" } },
      everything,
    ]);
  });

  test("GIVEN one for everything THEN nothing is added", () => {
    expect(versionWith([{ kind: "server", path: "/.*" }]).handlers).toHaveLength(1);
  });

  test("refuses what can't be reached, what is no pattern, and files outside the artifact", () => {
    const found = refusals(() =>
      versionWith([
        { kind: "server", path: "(" },
        { kind: "static", path: "/a", file: "/etc/passwd", uploads: "[", keep: "2 years" },
        { kind: "server", path: "/a" },
        { kind: "server", path: ".*" },
        { kind: "server", path: "/late" },
      ]),
    );
    expect(found).toEqual([
      "handlers[0].path: a regular expression that starts with /",
      "handlers[1].file: a path inside the artifact",
      "handlers[1].uploads: a regular expression over the artifact's files",
      "handlers[1].keep: at most a year",
      "handlers[2].path: each path once",
      "handlers[4].path: a handler before it",
    ]);
  });
});
