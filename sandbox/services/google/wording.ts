import { type ApiError, googleErrorText } from "../api-error";
import { apiFacts } from "../api-facts/api-facts";
import type { Failing, Worded } from "../behaviour";
import { text } from "../shape/paths";

/**
 * Errors as the generated code of the Google providers words them: `Error creating Secret: googleapi: Error 409: …`.
 * Source: any generated resource, and HandleNotFoundError in google/transport/transport.go.
 */
export function googleWording(refusal: ApiError, scene: Failing): Worded {
  const facts = apiFacts(scene.type.name);
  const noun = facts?.noun ?? camelCase(scene.type.name.replace(/^google_/, ""));
  const id = text(scene.object, "id");
  const said = googleErrorText(refusal);
  switch (scene.operation) {
    case "create":
      return { summary: `Error creating ${noun}: ${said}` };
    case "update":
      return { summary: `Error updating ${noun} "${id}": ${said}` };
    case "delete":
      return { summary: `Error when reading or editing ${noun}: ${said}` };
    default: {
      const readNoun = facts?.readNoun ?? noun;
      return { summary: `Error when reading or editing ${readNoun} "${id}": ${said}` };
    }
  }
}

function camelCase(name: string): string {
  return name.replace(/(?:^|_)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
