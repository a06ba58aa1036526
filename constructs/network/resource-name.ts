import { checkName } from "../problems";

/** A problem unless it names something of Compute Engine, at most 63 characters. */
export function checkResourceName(name: string, field: string, longest = 63) {
  return checkName(
    name,
    new RegExp(`^[a-z]([-a-z0-9]{0,${longest - 2}}[a-z0-9])?$`),
    field,
    `lowercase letters, digits and hyphens, starting with a letter, at most ${longest}`,
  );
}
