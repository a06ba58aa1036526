import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "@groundwork/user-error";
import type { Bucket } from "../bucket/bucket";
import { History } from "../history/history";
import { stateAddress } from "../state/state-object";
import type { Stack } from "../synthesis/stack-list";

export interface FormerPlaces {
  /** The repository: what leads Terraform to such a state is written there, in an ignored folder. */
  root: string;
  /** Every stack that the code has. */
  code: readonly Stack[];
  /** A bucket of the target. */
  bucket: (name: string) => Bucket;
}

/**
 * The stacks among some names that the code no longer has, while their states still lie beside those of their siblings, in
 * the bucket of an environment of the code.
 *
 * @param names what the code doesn't know; what no bucket knows either is left out
 */
export async function formerStacksNamed(names: readonly string[], places: FormerPlaces): Promise<Stack[]> {
  const found = await Promise.all(names.map((name) => besideSiblings(name, places)));
  return found.flat();
}

/**
 * The stacks whose states lie in a bucket: all that is left of an environment which the code no longer has.
 *
 * @param names environments and stacks that are looked for there: they say whose states they are where no history does
 * @throws UserError when it holds no states, or nothing says whose they are
 */
export async function stacksInBucket(
  name: string,
  names: readonly string[],
  { bucket: bucketOf, root }: Omit<FormerPlaces, "code">,
): Promise<Stack[]> {
  const bucket = bucketOf(name);
  const stacks = await stacksWithState(bucket);
  const problems = [
    ...(stacks.length > 0
      ? []
      : [
          {
            field: "--bucket",
            found: `${name}, without any state`,
            expected: "the bucket in which the states lie, as its stacks' backends named it",
          },
        ]),
    ...(names.length > 0
      ? []
      : [{ field: "ENV|STACK", found: "nothing", expected: "the environment whose states lie there" }]),
  ];
  if (problems.length > 0) throw new UserError("There are no such states.", problems);
  const environment = (await recordedEnvironment(bucket)) ?? environmentIn(names[0] ?? "", stacks);
  return stacks.map((stack) => formerStack({ environment, stack, bucket: name, project: "" }, root));
}

/** The stacks of an environment of the code that only its bucket still knows. */
export async function formerStacksOf(environment: string, places: FormerPlaces): Promise<Stack[]> {
  const [sibling] = siblingsIn(environment, places);
  if (!sibling?.state) return [];
  const { bucket } = stateAddress(sibling.state);
  const known = new Set(places.code.map(({ state }) => state));
  return (await stacksWithState(places.bucket(bucket)))
    .filter((stack) => !known.has(`gs://${bucket}/${stack}`))
    .map((stack) => formerStack({ environment, stack, bucket, project: sibling.project }, places.root));
}

/** A stack that is named after an environment of the code; its state may be deleted, and only its older versions left. */
async function besideSiblings(name: string, places: FormerPlaces): Promise<Stack[]> {
  const environments = [...new Set(places.code.map(({ environment }) => environment))]
    .filter((candidate) => name.startsWith(`${candidate}-`))
    .sort((a, b) => b.length - a.length);
  for (const environment of environments) {
    const [sibling] = siblingsIn(environment, places);
    if (!sibling?.state) continue;
    const { bucket } = stateAddress(sibling.state);
    const { project } = sibling;
    const stack = name.slice(environment.length + 1);
    if (await hasEverBeen(`gs://${bucket}/${stack}`, places)) {
      return [formerStack({ environment, stack, bucket, project }, places.root)];
    }
  }
  return [];
}

function siblingsIn(environment: string, { code }: FormerPlaces): readonly Stack[] {
  return code.filter((stack) => stack.environment === environment);
}

async function hasEverBeen(uri: string, { bucket }: FormerPlaces): Promise<boolean> {
  const address = stateAddress(uri);
  for await (const { name } of bucket(address.bucket).list(address.state, { versions: true })) {
    if (name === address.state) return true;
  }
  return false;
}

/** The environment that a bucket is of, as its history tells; undefined where nothing was ever written down. */
async function recordedEnvironment(bucket: Bucket): Promise<string | undefined> {
  const { records } = await new History("", bucket).read(1);
  return records[0]?.environment;
}

/** `old` of `old` and of `old-data`, where there is a state `data`. */
function environmentIn(name: string, stacks: readonly string[]): string {
  const stack = stacks.find((one) => name.endsWith(`-${one}`));
  return stack === undefined ? name : name.slice(0, -stack.length - 1);
}

/** What states are of, `data`: those that lie directly in a bucket. A preview's lie deeper. */
async function stacksWithState(bucket: Bucket): Promise<string[]> {
  const folders = await bucket.folders("");
  const found = await Promise.all(
    folders.map(async (folder) => {
      const { state } = stateAddress(`gs://${bucket.name}/${folder}`);
      return (await bucket.info(state)) ? [folder] : [];
    }),
  );
  return found.flat();
}

interface FormerStack {
  environment: string;
  stack: string;
  bucket: string;
  project: string;
}

/** With a configuration that leads Terraform to its state and says nothing else. */
function formerStack({ environment, stack, bucket, project }: FormerStack, root: string): Stack {
  const name = `${environment}-${stack}`;
  const folder = join(root, ".groundwork", "former", name);
  mkdirSync(folder, { recursive: true });
  const configuration = { terraform: { backend: { gcs: { bucket, prefix: stack } } } };
  writeFileSync(join(folder, "cdk.tf.json"), `${JSON.stringify(configuration, null, 2)}\n`);
  const state = `gs://${bucket}/${stack}`;
  return { name, environment, stack, dependsOn: [], project, providers: {}, folder, state };
}
