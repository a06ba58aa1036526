import type { ConfiguredProvider } from "../../providers/contract";
import type { ResourceType } from "../../schemas/model";
import { isUnknown, type ObjectValue } from "../../values/value";
import type { CloudView, Operation, ResourceBehaviour, Scene } from "../behaviour";
import { expandTemplate } from "../identity/template";
import { lastSegment } from "../shape/paths";

/** The project that an object belongs to: its own, or else the provider's; "" for none. */
export function projectOf(object: ObjectValue, provider: ConfiguredProvider): string {
  const own = object.project;
  if (typeof own === "string" && own !== "") return own.replace(/^projects\//, "");
  const configured = provider.config.project;
  return typeof configured === "string" ? configured : "";
}

/** The values that an id template may name: the object's, completed by the provider's defaults. */
export function templateValues(object: ObjectValue, provider: ConfiguredProvider): ObjectValue {
  const values: ObjectValue = { ...object, project: projectOf(object, provider) };
  for (const name of ["region", "zone", "location"]) {
    const given = values[name];
    const value = typeof given === "string" && given !== "" ? given : placeOf(name, provider);
    values[name] = value === undefined ? null : lastSegment(value);
  }
  return values;
}

/** The provider's region or zone; of an object that names neither, the cloud would choose a place near it. */
function placeOf(name: string, provider: ConfiguredProvider): string | undefined {
  const place = provider.config[name === "zone" ? "zone" : "region"];
  return typeof place === "string" && place !== "" ? place : undefined;
}

/** The id of an object by its behaviour. Throws while a part of it is not known. */
export function idOf(
  behaviour: ResourceBehaviour,
  object: ObjectValue,
  provider: ConfiguredProvider,
): string {
  if (typeof behaviour.id === "function") {
    return behaviour.id({ object, provider, project: projectOf(object, provider) });
  }
  return expandTemplate(behaviour.id ?? "{id}", templateValues(object, provider));
}

/** The id that a state names, or else the one made of its attributes. */
export function idOfState(
  behaviour: ResourceBehaviour,
  state: ObjectValue,
  provider: ConfiguredProvider,
): string {
  const given = state.id;
  return typeof given === "string" && given !== "" ? given : idOf(behaviour, state, provider);
}

interface SceneParts<Cloud extends CloudView> {
  operation: Operation;
  type: ResourceType;
  provider: ConfiguredProvider;
  cloud: Cloud;
  object: ObjectValue;
  behaviour: ResourceBehaviour;
}

/** A scene whose id and project follow its object as that is filled in. */
export function setScene<Cloud extends CloudView>(parts: SceneParts<Cloud>): Scene<Cloud> {
  const { behaviour, ...rest } = parts;
  return {
    ...rest,
    get id() {
      const given = parts.object.id;
      if (typeof given === "string" && given !== "" && !isUnknown(given)) return given;
      return idOf(behaviour, parts.object, parts.provider);
    },
    get project() {
      return projectOf(parts.object, parts.provider);
    },
  };
}
