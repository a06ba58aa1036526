import { join } from "node:path";
import { UserError } from "@groundwork/user-error";
import type { Delivery } from "../../environments/delivery-schema";
import { type LoadedEnvironment, loadEnvironments } from "../../environments/load";
import { loadDelivery } from "../../environments/load-delivery";
import { bucketsOf, type CommandContext, terraformBinary } from "../commands/session";
import { type DigestKey, digestKey } from "../digest/digest-key";
import { secretsOfEnvironment } from "../plan/secrets";
import { cloudTarget } from "../target/cloud";
import { sandboxTarget } from "../target/sandbox";
import { type Target, targetName } from "../target/target";
import { terraformEnvironment } from "../terraform/environment";
import { Terraform, type TerraformBinary } from "../terraform/terraform";
import type {
  ClusterAccess,
  ContentDeployer,
  PreviewDatabase,
  PreviewListener,
  PreviewPlace,
} from "./contract";
import type { OtherEnvironments } from "./isolation";
import type { PreviewWish } from "./pull-requests/read-pull-requests";

/** What Terraform doesn't do, and who is told. */
export interface PreviewSides {
  /** @default - sites are left alone */
  content?: ContentDeployer;
  /** @default - the database is left alone */
  database?: PreviewDatabase;
  /** @default - own clusters get no user */
  cluster?: ClusterAccess;
  /** @default - nobody is told */
  listener?: PreviewListener;
  /** What GitHub says to a preview that is asked for, as it is at a moment (ISO 8601). @default - everybody gets one */
  readWish?(pr: number, at: string): Promise<PreviewWish>;
}

/** Everything that work on previews needs, held open. */
export interface Workshop {
  context: CommandContext;
  place: PreviewPlace;
  sides: PreviewSides;
  delivery: Delivery;
  /** Values that must never be written. */
  secrets: ReadonlySet<string>;
  digestKey: DigestKey;
  /** What no preview may name. */
  others: OtherEnvironments;
  /** Terraform for a synthesized stack: the sandbox looks into its folder for what to serve. */
  withTerraform<T>(folder: string, work: (terraform: Terraform) => Promise<T>): Promise<T>;
}

/** The shared environment that previews stand on. @throws UserError when there is none */
export function previewEnvironment(): LoadedEnvironment {
  const found = loadEnvironments().find(({ environment }) => environment.stage === "preview");
  if (found) return found;
  throw new UserError("There is nothing that previews could stand on.", [
    { field: "environments", found: "none of the stage preview", expected: "one" },
  ]);
}

function otherEnvironments(): OtherEnvironments {
  const others = loadEnvironments().filter(({ environment }) => environment.stage !== "preview");
  return Object.fromEntries(
    others.map(({ environment: { name, project, stateBucket } }) => [name, [project, stateBucket]]),
  );
}

/** Opens the target without synthesizing the platform, does the work and closes it, whatever happens. */
export async function withPreviewPlace<T>(
  context: CommandContext,
  option: string | undefined,
  work: (place: PreviewPlace, target: Target) => Promise<T>,
): Promise<T> {
  const { root, console, interruption, env } = context;
  const name = targetName(option, env);
  const loaded = previewEnvironment();
  if (name === "cloud") console.note(`Cloud: project ${loaded.environment.project}`);
  const target = name === "cloud" ? cloudTarget() : await sandboxTarget(root);
  try {
    const place: PreviewPlace = {
      target: name,
      root,
      loaded,
      get env() {
        return terraformEnvironment(env, target.env);
      },
      bucket: bucketsOf(target, env),
      stop: interruption.stop,
      note: (line) => console.note(line),
    };
    return await work(place, target);
  } finally {
    await target.release();
  }
}

/** As `withPreviewPlace`, with Terraform and everything else that changes previews. */
export function withWorkshop<T>(
  context: CommandContext,
  option: string | undefined,
  sidesOf: (place: PreviewPlace) => PreviewSides,
  work: (workshop: Workshop) => Promise<T>,
): Promise<T> {
  const { root, env } = context;
  const binary = terraformBinary(context);
  binary.catch(() => {});
  return withPreviewPlace(context, option, async (place, target) => {
    const sides = sidesOf(place);
    try {
      const delivery = loadDelivery();
      return await work({
        context,
        place,
        sides,
        delivery,
        secrets: secretsOfEnvironment(env),
        digestKey: digestKey(root, env),
        others: otherEnvironments(),
        withTerraform: async (folder, use) => useTerraform(context, target, await binary, folder, use),
      });
    } finally {
      await sides.database?.close();
    }
  });
}

async function useTerraform<T>(
  { root, env, interruption }: CommandContext,
  outer: Target,
  binary: TerraformBinary,
  folder: string,
  use: (terraform: Terraform) => Promise<T>,
): Promise<T> {
  const target = outer.name === "cloud" ? outer : await sandboxTarget(root, [folder]);
  try {
    const data = join(root, ".groundwork", "terraform", target.name);
    return await use(
      new Terraform({
        binary,
        env: () => terraformEnvironment(env, target.env),
        interruption,
        dataFolder: data,
        ...(target.name === "cloud"
          ? { pluginCache: join(root, ".groundwork", "terraform", "plugins") }
          : {}),
      }),
    );
  } finally {
    if (target !== outer) await target.release();
  }
}
