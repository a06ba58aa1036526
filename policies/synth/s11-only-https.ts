import { blocksOf, textAt } from "../reading/json";
import { judgeEach } from "../reading/synthesized";
import { versionTypes } from "../reading/terms";
import type { SynthRule } from "../rule";

export const onlyHttps: SynthRule = {
  id: "S11",
  title: "Services answer over HTTPS only",
  why: "What goes over plain HTTP, everybody on the way can read and change.",
  mapsTo: ["CIS 4.10"],
  check: (environment) =>
    judgeEach(environment.all(...versionTypes), (version) => {
      const handlers = blocksOf(version.values.handlers);
      if (handlers.length === 0) {
        return [
          version.violation(
            "handlers",
            "no handler says that HTTPS is required",
            'add one for ".*" with security_level SECURE_ALWAYS',
          ),
        ];
      }
      return handlers
        .filter((handler) => textAt(handler, "security_level") !== "SECURE_ALWAYS")
        .map((handler) =>
          version.violation(
            "handlers.security_level",
            `${textAt(handler, "url_regex") ?? "a path"} is answered over plain HTTP too`,
            "set SECURE_ALWAYS",
          ),
        );
    }),
};
