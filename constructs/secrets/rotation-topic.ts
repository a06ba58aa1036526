import { PubsubTopic, type PubsubTopicConfig } from "@cdktf/provider-google/lib/pubsub-topic";
import { PubsubTopicIamMember } from "@cdktf/provider-google/lib/pubsub-topic-iam-member";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { KeyLike } from "../encryption/key-name";
import type { Principal } from "../identity/principal";
import { check, checkName, refuse } from "../problems";
import { google } from "../provider/providers";
import { type Transformable, transformed } from "../transform";

/** Where Secret Manager says that a secret is due, made here or in another stack. */
export interface RotationTopicLike {
  /** `projects/<project>/topics/<name>`. */
  readonly topicId: string;
  /** What has to be there before Secret Manager can publish. @default - nothing in this stack */
  readonly grants?: readonly ITerraformDependable[];
}

/** Props of `RotationTopic`. */
export interface RotationTopicProps extends Transformable<{ topic: PubsubTopicConfig }> {
  /** 3 to 255 letters, digits and `-._~+%`, starting with a letter, not with `goog`. Can't change. */
  readonly name: string;
  /** Secret Manager's own account: `agents.of("secretmanager")`. */
  readonly agent: Principal;
  /** Regions that messages may be kept in, at least one. */
  readonly regions: readonly string[];
  /** Key that encrypts the messages; Pub/Sub's agent has to be granted it. @default - Google's own keys */
  readonly key?: KeyLike;
}

/** A topic that another stack makes, known by its name. */
export function rotationTopicNamed(project: string, name: string): RotationTopicLike {
  return { topicId: `projects/${project}/topics/${name}` };
}

/**
 * Where Secret Manager says that a secret is due for a new value, and what else happens to it. It says so and no more:
 * who listens makes the value. One topic serves many secrets.
 *
 * @throws UserError when the name is none or no region is given
 * @see https://cloud.google.com/secret-manager/docs/secret-rotation
 */
export class RotationTopic extends Construct implements RotationTopicLike {
  readonly topicId: string;
  readonly grants: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: RotationTopicProps) {
    super(scope, id);
    this.validate(props);
    google(this);
    const topic = this.createTopic(props);
    this.topicId = topic.id;
    this.grants = [this.letPublish(topic, props)];
  }

  private validate({ name, regions }: RotationTopicProps): void {
    refuse(this, `topic ${name}`, [
      checkName(
        name,
        /^(?!goog)[A-Za-z][A-Za-z0-9._~+%-]{2,254}$/,
        "name",
        "3 to 255 letters, digits and -._~+%, starting with a letter, not with goog",
      ),
      check(regions.length > 0, "regions", regions, "at least one"),
    ]);
  }

  private createTopic({ name, regions, key, transform }: RotationTopicProps): PubsubTopic {
    return new PubsubTopic(
      this,
      "topic",
      transformed<PubsubTopicConfig>(
        {
          name,
          messageStoragePolicy: { allowedPersistenceRegions: [...regions] },
          ...(key && { kmsKeyName: key.keyId, dependsOn: [...(key.grants ?? [])] }),
        },
        transform?.topic,
      ),
    );
  }

  private letPublish(topic: PubsubTopic, { agent }: RotationTopicProps): ITerraformDependable {
    return new PubsubTopicIamMember(this, "secret-manager-publishes", {
      topic: topic.id,
      role: "roles/pubsub.publisher",
      member: agent.member,
    });
  }
}
