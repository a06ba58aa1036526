import {
  AppEngineApplicationUrlDispatchRules,
  type AppEngineApplicationUrlDispatchRulesConfig,
} from "@cdktf/provider-google/lib/app-engine-application-url-dispatch-rules";
import type { Problem } from "@groundwork/user-error";
import { Construct } from "constructs";
import { check, refuse } from "../problems";
import { google } from "../provider/providers";
import { type Transformable, transformed } from "../transform";
import type { ServiceLike } from "./service";
import { serviceNameProblem } from "./version-identity";

/** Requests to a host and path, and the service that answers them. */
export interface DispatchRule {
  /** Host: `shop.example`, `*.shop.example`. @default "*", every host */
  readonly host?: string;
  /** Path, starting with `/`; a `*` may end it: `/orders/*`. */
  readonly path: string;
  readonly service: ServiceLike;
}

/** Props of `DispatchRules`. */
export interface DispatchRulesProps
  extends Transformable<{ rules: AppEngineApplicationUrlDispatchRulesConfig }> {
  /** 1 to 20; the first that fits counts. What fits none goes to the service that the host names, else to `default`. */
  readonly rules: readonly DispatchRule[];
}

/**
 * Which service answers which addresses of the application. One per application: it replaces whatever rules were there.
 *
 * @throws UserError when there are too many rules, one is no host or path, too long, or can never be reached
 * @see https://cloud.google.com/appengine/docs/standard/reference/dispatch-yaml
 */
export class DispatchRules extends Construct {
  constructor(scope: Construct, id: string, props: DispatchRulesProps) {
    super(scope, id);
    this.validate(props);
    google(this);
    this.createRules(props);
  }

  private validate({ rules }: DispatchRulesProps): void {
    refuse(this, "the dispatch rules", [
      check(rules.length >= 1 && rules.length <= 20, "rules", `${rules.length} rules`, "1 to 20"),
      ...rules.flatMap((rule, index) => ruleProblems(rule, rules.slice(0, index), `rules[${index}]`)),
    ]);
  }

  private createRules({ rules, transform }: DispatchRulesProps): void {
    const ready = rules.flatMap(({ service }) => service.ready);
    new AppEngineApplicationUrlDispatchRules(
      this,
      "rules",
      transformed<AppEngineApplicationUrlDispatchRulesConfig>(
        {
          dispatchRules: rules.map(({ host = "*", path, service }) => ({
            domain: host,
            path,
            service: service.serviceName,
          })),
          ...(ready.length > 0 ? { dependsOn: [...new Set(ready)] } : {}),
        },
        transform?.rules,
      ),
    );
  }
}

function ruleProblems(
  { host = "*", path, service }: DispatchRule,
  before: readonly DispatchRule[],
  field: string,
): (Problem | undefined)[] {
  const hidden = before.findIndex((other) => covers(other.host ?? "*", host) && covers(other.path, path));
  return [
    check(
      /^(\*|(\*\.)?([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,63})$/.test(host),
      `${field}.host`,
      host,
      "a host such as shop.example or *.shop.example",
    ),
    check(
      /^\/[^*\s]*\*?$/.test(path),
      `${field}.path`,
      path,
      "a path that starts with /, with at most one * at its end",
    ),
    check(
      host.length + path.length <= 100,
      `${field}.path`,
      `${host.length + path.length} characters with its host`,
      "at most 100",
    ),
    check(hidden < 0, field, `behind rules[${hidden}], which takes its requests`, "a place before that rule"),
    serviceNameProblem(service.serviceName, `${field}.service`),
  ];
}

/** Whether every host or path that fits `narrow` fits `wide`. */
function covers(wide: string, narrow: string): boolean {
  if (wide.startsWith("*")) return narrow.endsWith(wide.slice(1));
  if (wide.endsWith("*")) return narrow.startsWith(wide.slice(0, -1));
  return wide === narrow;
}
