import type { FrameworkRuleSet } from "../framework/modifier-types";
import { createOnly } from "./atlas/create-only";
import { encryptionAtRest } from "./atlas/encryption-at-rest";
import { streamProcessor } from "./atlas/stream-processor";

/** All rules of attributes of the plugin framework. */
export const frameworkRuleSets: readonly FrameworkRuleSet[] = [createOnly, encryptionAtRest, streamProcessor];
