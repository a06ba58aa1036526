import type { RuleSet } from "../../hooks/rule-set";
import { textOf } from "../../sdk/legacy-values";

function version(text: string): number | undefined {
  const match = /REDIS_(\d+)_(\d+)/.exec(text);
  return match ? Number(`${match[1]}.${match[2]}`) : undefined;
}

/** google/services/redis/resource_redis_instance.go */
export const redis: RuleSet = {
  suppress: {
    "redis.secondaryIpDiffSuppress": (_, before, after) =>
      before === after || (after.toLowerCase() === "auto" && before !== ""),
  },
  changes: {
    "redis.isRedisVersionDecreasing": (before, after) => {
      const [a, b] = [version(textOf(before)), version(textOf(after))];
      return a !== undefined && b !== undefined && b < a;
    },
  },
};
