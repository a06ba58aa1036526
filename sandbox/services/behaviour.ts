import type { ConfiguredProvider } from "../providers/contract";
import type { ResourceType } from "../schemas/model";
import type { CloudTransaction, StoredObject } from "../store/contract";
import type { Diagnostic } from "../values/diagnostic";
import type { ObjectValue, Value, ValuePath } from "../values/value";
import type { ApiError } from "./api-error";

/** The cloud as a read sees it. */
export type CloudView = Pick<CloudTransaction, "get" | "list" | "getFact" | "listFacts" | "now">;

export type Operation = "create" | "read" | "update" | "delete" | "import";

/** What every hook of a behaviour is given. */
export interface Scene<Cloud extends CloudView = CloudView> {
  readonly operation: Operation;
  readonly type: ResourceType;
  readonly provider: ConfiguredProvider;
  readonly cloud: Cloud;
  /**
   * The object: while it is created or updated, the planned values so far, unknown where not yet chosen; while it is
   * deleted, the state; while it is read, what is stored.
   */
  readonly object: ObjectValue;
  /** The id, expanded from `object`. Throws while a part of it is not known. */
  readonly id: string;
  /** The configured project of the object, or else of the provider. */
  readonly project: string;
}

/** A scene that may change the cloud. */
export interface Change extends Scene<CloudTransaction> {
  /** State before; null on create. */
  readonly prior: ObjectValue | null;
  /** What the cloud holds now; undefined on create and when it is gone. */
  readonly stored: StoredObject | undefined;
  /** Adds to the answer without refusing it. An error so added leaves the object as it is: partial success. */
  report(diagnostic: Diagnostic): void;
}

/**
 * Chooses a value that the plan left to the cloud. `parent` is the block or object that holds it, `path` where it
 * stands, with the positions of list elements.
 */
export type Computed = (scene: Change, parent: ObjectValue, path: string) => Value;

/** How a resource type of a cloud behaves. Everything has a default: the facts of the API, then generic rules. */
export interface ResourceBehaviour {
  /** @default - the id of the API facts, or else one made of the identifying attributes */
  id?: string | ((scene: Pick<Scene, "object" | "project" | "provider">) => string);
  /** Nothing tells what ids look like; `id` makes one up. */
  idIsGuessed?: boolean;
  /** Import ids, most complete first: templates or regular expressions with named groups. @default - API facts */
  imports?: readonly string[];
  /** Attributes of an import id that no pattern can tell. Throws where the id is wrong. */
  parseImport?(id: string, scene: Omit<Scene, "object" | "id">): ObjectValue;
  /** Finds the object by what names it, for a state that doesn't hold the id yet (after an import). */
  find?(current: ObjectValue, cloud: CloudView): StoredObject | undefined;
  /** Finds what a data source of the same name asks for. @default - by the id that its configuration makes */
  findData?(config: ObjectValue, cloud: CloudView): StoredObject | undefined;
  /** Dotted paths that the API never returns: a refresh keeps what the state has. @default - API facts */
  unread?: readonly string[];
  /** Virtual attributes: known to Terraform only, with their value after an import. @default - API facts */
  virtual?: ObjectValue;
  /** Values for unknowns by dotted path, chosen in this order, before the id is needed. */
  computed?: { [path: string]: Computed };
  /** Also rewritten by every update, although the plan kept them. */
  touched?: readonly string[];
  /** What creating does when the object is there already. @default "refuse" (409) */
  existing?: "refuse" | "adopt" | ((scene: Change) => "refuse" | "adopt");
  /** Whether destroying leaves the object in the cloud. @default - API facts */
  keeps?: boolean | ((scene: Change) => boolean);
  /** Google API that must be enabled, `appengine.googleapis.com`; null: none. @default - API facts */
  api?: string | null;
  /** The 409's words. */
  conflict?(scene: Change): Error;
  /** Rules; they throw an ApiError or a ProviderError. */
  beforeCreate?(scene: Change): void;
  beforeUpdate?(scene: Change): void;
  beforeDelete?(scene: Change): void;
  /** Side effects, with the object stored (or, after a delete, gone). */
  created?(scene: Change): void;
  updated?(scene: Change): void;
  deleted?(scene: Change): void;
  /** What goes when this object is deleted. */
  owns?: readonly Owned[];
  /** The new state where the provider reads back other values than were planned. Not for the plugin framework. */
  settle?(state: ObjectValue): ObjectValue;
  /** The answer of a read: what is stored, adjusted; null when it counts as gone. */
  answer?(scene: Scene): ObjectValue | null;
  /** How the provider words a refusal of the API. @default - as the provider's generated code does */
  wording?(refusal: ApiError, scene: Failing): Worded;
}

/** What is known while an operation fails. */
export type Failing = Pick<Scene, "operation" | "object" | "type" | "provider" | "project">;

/** An error as Terraform shows it. */
export interface Worded {
  summary: string;
  /** @default "" */
  detail?: string;
  path?: ValuePath;
}

/** Objects that go with another. */
export interface Owned {
  type: string;
  /** What their ids start with. @default - the owner's id and a slash */
  prefix?(owner: StoredObject): string;
  /** Which of those go. @default - all */
  of?(owned: StoredObject, owner: StoredObject): boolean;
}

/** Behaviours by resource type. */
export type Behaviours = { readonly [type: string]: ResourceBehaviour };
