import { UserError } from "@groundwork/user-error";
import { allowances } from "./allowances";
import { type Allowances, allowancesSchema } from "./allowances-schema";
import { checked } from "./problems";

/**
 * What this organisation allows, checked.
 *
 * @throws UserError with every problem
 */
export function loadAllowances(value: unknown = allowances): Allowances {
  const { value: loaded, problems } = checked(allowancesSchema, value, "allowances");
  if (!loaded) {
    throw new UserError("environments/allowances.ts can't be used.", problems);
  }
  return loaded;
}
