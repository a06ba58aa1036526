import {
  SecretManagerSecret,
  type SecretManagerSecretConfig,
} from "@cdktf/provider-google/lib/secret-manager-secret";
import { SecretManagerSecretIamMember } from "@cdktf/provider-google/lib/secret-manager-secret-iam-member";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { KeyLike } from "../encryption/key-name";
import type { Principal } from "../identity/principal";
import { google } from "../provider/providers";
import { type Transformable, transformed } from "../transform";
import { type Duration, googleDuration } from "../units";
import type { RotationTopicLike } from "./rotation-topic";
import { refuseSecret } from "./secret-problems";
import { SecretValue, type SecretValueProps } from "./secret-value";

/** A region that holds the values. */
export interface SecretReplica {
  /** `europe-west1`. */
  readonly location: string;
  /** Key that encrypts them, in the same region. @default - Google's own keys */
  readonly key?: KeyLike;
}

/** When Secret Manager says that a new value is due. It makes none itself. */
export interface Rotation {
  /** 1 hour to 100 years. */
  readonly every: Duration;
  /** The first time, in UTC, and in the future when it is applied first: `2027-01-04T09:00:00Z`. */
  readonly from: string;
  /** Where it says so. */
  readonly topic: RotationTopicLike;
}

/** Props of `SecretContainer`. */
export interface SecretContainerProps extends Transformable<{ secret: SecretManagerSecretConfig }> {
  /** 1 to 255 letters, digits, hyphens and underscores. Can't change. */
  readonly secretId: string;
  /** What it is for: an annotation that people read. */
  readonly purpose: string;
  /** Regions that hold the values, at least one, or `automatic`: wherever Google keeps them. Can't change. */
  readonly locations: "automatic" | readonly (string | SecretReplica)[];
  /** With `automatic` locations: key that encrypts the values, in the location `global`. @default - Google's own keys */
  readonly key?: KeyLike;
  /** @default - nobody is told */
  readonly rotation?: Rotation;
  /** The secret and all its values are gone after so long from its making, or at a time: for previews. @default - never */
  readonly expires?: { readonly after: Duration } | { readonly at: string };
  /** How long a destroyed value can still be brought back, 1 to 1000 days. @default - not at all */
  readonly destroyDelay?: Duration;
  /**
   * Terraform refuses to destroy the container with its values. Switched off in one apply, destroyed in the next.
   *
   * @default true
   */
  readonly deletionProtection?: boolean;
}

/**
 * A place for a secret, and who may read it. The value is added by its owner, or by `addValue`, and never stands in code,
 * plan or state.
 *
 * @throws UserError when the id is none, no location is given, keys are elsewhere, or times don't fit
 */
export class SecretContainer extends Construct {
  private readonly secret: SecretManagerSecret;

  constructor(scope: Construct, id: string, props: SecretContainerProps) {
    super(scope, id);
    refuseSecret(this, props);
    google(this);
    this.secret = this.createSecret(props);
  }

  /** Lets a principal read the values of this secret, and of no other. */
  grantRead(id: string, principal: Principal): void {
    this.grant(id, principal, "roles/secretmanager.secretAccessor");
  }

  /** Lets a principal add values; it can read none, its own included. */
  grantAdd(id: string, principal: Principal): void {
    this.grant(id, principal, "roles/secretmanager.secretVersionAdder");
  }

  /** Lets a principal add, disable and destroy values; it can read none. */
  grantManage(id: string, principal: Principal): void {
    this.grant(id, principal, "roles/secretmanager.secretVersionManager");
  }

  /**
   * A value that Terraform hands over without ever keeping it.
   *
   * @throws UserError when its version or variable is none
   */
  addValue(id: string, props: Omit<SecretValueProps, "secret">): SecretValue {
    return new SecretValue(this, id, { ...props, secret: this.secret.id });
  }

  private createSecret(props: SecretContainerProps): SecretManagerSecret {
    const { secretId, purpose, rotation, destroyDelay, deletionProtection = true, transform } = props;
    const waits = [...grantsOfKeys(props), ...(rotation?.topic.grants ?? [])];
    return new SecretManagerSecret(
      this,
      "secret",
      transformed<SecretManagerSecretConfig>(
        {
          secretId,
          annotations: { purpose },
          replication: replication(props),
          ...(rotation && rotating(rotation)),
          ...expiry(props),
          ...(destroyDelay && { versionDestroyTtl: googleDuration(destroyDelay) }),
          deletionProtection,
          lifecycle: {
            preventDestroy: deletionProtection,
            // Secret Manager moves it on with every notice.
            ...(rotation && { ignoreChanges: ["rotation[0].next_rotation_time"] }),
          },
          ...(waits.length > 0 && { dependsOn: waits }),
        },
        transform?.secret,
      ),
    );
  }

  private grant(id: string, principal: Principal, role: string): void {
    new SecretManagerSecretIamMember(this, id, {
      secretId: this.secret.secretId,
      role,
      member: principal.member,
    });
  }
}

function replication({ locations, key }: SecretContainerProps): SecretManagerSecretConfig["replication"] {
  if (locations === "automatic") {
    return { auto: encryption(key) };
  }
  return {
    userManaged: {
      replicas: locations.map(asReplica).map((replica) => ({
        location: replica.location,
        ...encryption(replica.key),
      })),
    },
  };
}

function encryption(key: KeyLike | undefined) {
  return key ? { customerManagedEncryption: { kmsKeyName: key.keyId } } : {};
}

function rotating({ every, from, topic }: Rotation): Partial<SecretManagerSecretConfig> {
  return {
    rotation: { rotationPeriod: googleDuration(every), nextRotationTime: from },
    topics: [{ name: topic.topicId }],
  };
}

function expiry({ expires }: SecretContainerProps): Partial<SecretManagerSecretConfig> {
  if (!expires) return {};
  return "after" in expires ? { ttl: googleDuration(expires.after) } : { expireTime: expires.at };
}

function grantsOfKeys({ locations, key }: SecretContainerProps): readonly ITerraformDependable[] {
  const keys = locations === "automatic" ? [key] : locations.map((each) => asReplica(each).key);
  return keys.flatMap((each) => each?.grants ?? []);
}

/** A region's name stands for a replica with Google's own keys. */
export function asReplica(location: string | SecretReplica): SecretReplica {
  return typeof location === "string" ? { location } : location;
}
