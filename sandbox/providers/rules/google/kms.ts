import type { RuleSet } from "../../hooks/rule-set";
import { textOf } from "../../sdk/legacy-values";
import { PROJECT } from "./values";

const LINK = new RegExp(`^projects/(${PROJECT})/locations/([a-z0-9-])+/keyRings/([a-zA-Z0-9_-]{1,63})$`);
const SHORT = new RegExp(`^(${PROJECT})/([a-z0-9-])+/([a-zA-Z0-9_-]{1,63})$`);

/** google/services/kms/kms_utils.go */
export const kms: RuleSet = {
  suppress: {
    "kms.kmsCryptoKeyRingsEquivalent": (_, before, after) => {
      const link = LINK.exec(after);
      const short = link && SHORT.exec(before);
      return !!short && short.slice(1).join("/") === link.slice(1).join("/");
    },
  },
  validate: {
    "kms.validateKmsCryptoKeyRotationPeriod": (value) => {
      const period = textOf(value);
      const number = /^([0-9.]*\d)s$/.exec(period)?.[1];
      if (number === undefined || Number.isNaN(Number(number)))
        return `Invalid rotation period format: ${period}`;
      if (Number(number) < 86_400) return "Rotation period must be greater than one day";
      const fraction = number.split(".")[1] ?? "";
      return fraction.length > 9 ? "Rotation period cannot have more than 9 fractional digits" : undefined;
    },
  },
};
