import {
  SqlDatabaseInstance,
  type SqlDatabaseInstanceConfig,
  type SqlDatabaseInstanceSettings,
} from "@cdktf/provider-google/lib/sql-database-instance";
import { Construct } from "constructs";
import type { KeyLike } from "../encryption/key-name";
import type { NetworkLike } from "../network/network-name";
import type { PrivateServicesLike } from "../network/private-services-access";
import { check, checkName, refuse } from "../problems";
import { cloudOf, google } from "../provider/providers";
import { type Transformable, transformed } from "../transform";
import { type Duration, inDays } from "../units";
import { type Flags, flagsWith } from "./flags";
import { checkMachine, type MachineSize, machineTier } from "./machine";

/** An instance, made here or in another stack. */
export interface InstanceLike {
  readonly instanceName: string;
  /** `<project>:<region>:<name>`, what Google's connectors are given. */
  readonly connectionName: string;
}

/** A read-only copy. */
export interface Replica {
  /** At most 98 lowercase letters, digits and hyphens. Can't change, nor be used again for a week. */
  readonly name: string;
  /** Another region survives the loss of the first. */
  readonly region: string;
  /** Own key of that region, where the instance has a key. */
  readonly key?: KeyLike;
}

/** How the instance is backed up. */
export interface InstanceBackups {
  /** Hour of the daily backup in UTC, 0 to 23. */
  readonly hour: number;
  /** How many daily backups are kept, 7 to 365. */
  readonly keep: number;
  /** How far back any second can be restored, 1 to 7 days. */
  readonly restoreWindow: Duration;
  /** Where backups are: a multi-region such as `eu`, so that they outlive the region, or a region. */
  readonly location: string;
}

/** Props of `Instance`. */
export interface InstanceProps
  extends Transformable<{
    instance: SqlDatabaseInstanceConfig;
    /** Each of the replicas. */
    replica: SqlDatabaseInstanceConfig;
  }> {
  /** At most 98 lowercase letters, digits and hyphens. Can't change, nor be used again for a week. */
  readonly name: string;
  /** Can't change. */
  readonly region: string;
  /** Where it is reached from; there is no public address. Can't change. */
  readonly network: NetworkLike;
  /** The range of the network for Google's databases. Can't change. */
  readonly services: PrivateServicesLike;
  /** PostgreSQL's major version. It can be raised; the instance is down for some minutes. */
  readonly version: "14" | "15" | "16" | "17";
  readonly machine: MachineSize;
  /** First size of the disk, 10 to 65536 GB. It grows by itself from then on; never shrinks. */
  readonly diskGb: number;
  /** `single`: one zone. `regional`: a standby in another zone takes over, 99.95 %. @default "regional" */
  readonly availability?: "single" | "regional";
  readonly backups: InstanceBackups;
  /** When Google may restart it, in UTC. */
  readonly maintenance: {
    readonly day: "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday";
    /** 0 to 23. */
    readonly hour: number;
  };
  /** @default - no copies */
  readonly replicas?: readonly Replica[];
  /** Settings of PostgreSQL over the standard ones. @default - the standard ones */
  readonly flags?: Flags;
  /** Key that encrypts it, in its region. Can't change. @default - Google's own keys */
  readonly key?: KeyLike;
  /**
   * Three locks: Terraform's `prevent_destroy` and `deletion_protection`, and Google's own, which the console heeds.
   * Switched off in one apply, destroyed in the next.
   *
   * @default true
   */
  readonly protected?: boolean;
}

const days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;
const instanceName = /^[a-z][a-z0-9-]{0,96}[a-z0-9]$/;

/**
 * A PostgreSQL of Cloud SQL, reached from the private network over TLS alone, by people and accounts of IAM; backed up
 * daily and to the second, with query insights and statistics of statements. No password exists in code, plan or state.
 *
 * @throws UserError when a name, size, time or place is none
 * @see https://cloud.google.com/sql/docs/postgres
 */
export class Instance extends Construct implements InstanceLike {
  readonly instanceName: string;
  readonly connectionName: string;
  /** Known only after it is made. */
  readonly privateAddress: string;

  constructor(scope: Construct, id: string, props: InstanceProps) {
    super(scope, id);
    this.validate(props);
    google(this);
    const primary = this.createPrimary(props);
    this.instanceName = primary.name;
    this.connectionName = primary.connectionName;
    this.privateAddress = primary.privateIpAddress;
    for (const replica of props.replicas ?? []) {
      this.createReplica(props, replica, primary);
    }
  }

  private validate(props: InstanceProps): void {
    const { name, machine, diskGb, backups, maintenance, replicas = [], availability, key } = props;
    const window = inDays(backups.restoreWindow);
    const names = [name, ...replicas.map((replica) => replica.name)];
    const shape = "2 to 98 lowercase letters, digits and hyphens, starting with a letter";
    const hour = (at: number) => Number.isInteger(at) && at >= 0 && at <= 23;
    refuse(this, `instance ${name}`, [
      checkName(name, instanceName, "name", shape),
      check(
        name.length + cloudOf(this).project.length <= 97,
        "name",
        name,
        "a name that has at most 97 characters together with the project's id",
      ),
      ...checkMachine(machine, "machine"),
      check(
        !(typeof machine === "string" && (availability ?? "regional") === "regional"),
        "machine",
        machine,
        "a machine of its own, as a shared one has no standby",
      ),
      check(Number.isInteger(diskGb) && diskGb >= 10 && diskGb <= 65_536, "diskGb", diskGb, "10 to 65536"),
      check(hour(backups.hour), "backups.hour", backups.hour, "a whole number from 0 to 23"),
      check(
        Number.isInteger(backups.keep) && backups.keep >= 7 && backups.keep <= 365,
        "backups.keep",
        backups.keep,
        "7 to 365 backups",
      ),
      check(
        Number.isInteger(window) && window >= 1 && window <= 7,
        "backups.restoreWindow",
        backups.restoreWindow,
        "1 to 7 days",
      ),
      check(
        backups.keep >= window,
        "backups.restoreWindow",
        backups.restoreWindow,
        "no longer than backups are kept",
      ),
      check(hour(maintenance.hour), "maintenance.hour", maintenance.hour, "a whole number from 0 to 23"),
      ...replicas.flatMap((replica, index) => [
        checkName(replica.name, instanceName, `replicas[${index}].name`, shape),
        check(
          names.indexOf(replica.name) === index + 1,
          `replicas[${index}].name`,
          replica.name,
          "each name once",
        ),
        check(
          key === undefined || replica.key !== undefined || replica.region === props.region,
          `replicas[${index}].key`,
          "none",
          "a key of the replica's own region, as the instance has one",
        ),
      ]),
    ]);
  }

  private createPrimary(props: InstanceProps): SqlDatabaseInstance {
    const { name, region, diskGb, backups, maintenance, availability = "regional", transform } = props;
    return new SqlDatabaseInstance(
      this,
      "instance",
      transformed<SqlDatabaseInstanceConfig>(
        {
          ...this.common(props, name, region, props.key),
          settings: {
            ...this.settings(props),
            diskSize: diskGb,
            availabilityType: availability === "regional" ? "REGIONAL" : "ZONAL",
            backupConfiguration: {
              enabled: true,
              startTime: `${String(backups.hour).padStart(2, "0")}:00`,
              location: backups.location,
              pointInTimeRecoveryEnabled: true,
              transactionLogRetentionDays: inDays(backups.restoreWindow),
              backupRetentionSettings: { retainedBackups: backups.keep, retentionUnit: "COUNT" },
            },
            retainBackupsOnDelete: true,
            maintenanceWindow: {
              day: days.indexOf(maintenance.day) + 1,
              hour: maintenance.hour,
              updateTrack: "stable",
            },
          },
        },
        transform?.instance,
      ),
    );
  }

  private createReplica(props: InstanceProps, replica: Replica, primary: SqlDatabaseInstance): void {
    new SqlDatabaseInstance(
      this,
      `replica-${replica.name}`,
      transformed<SqlDatabaseInstanceConfig>(
        {
          ...this.common(props, replica.name, replica.region, replica.key ?? props.key),
          masterInstanceName: primary.name,
          settings: { ...this.settings(props), availabilityType: "ZONAL" },
        },
        props.transform?.replica,
      ),
    );
  }

  /**
   * The disk grows by itself; were its size not ignored, the next plan would shrink it, which replaces the instance.
   */
  private common(props: InstanceProps, name: string, region: string, key: KeyLike | undefined) {
    const { version, services } = props;
    const isProtected = props.protected ?? true;
    const before = [...(services.connection ? [services.connection] : []), ...(key?.grants ?? [])];
    return {
      name,
      region,
      databaseVersion: `POSTGRES_${version}`,
      deletionProtection: isProtected,
      ...(key ? { encryptionKeyName: key.keyId } : {}),
      lifecycle: { preventDestroy: isProtected, ignoreChanges: ["settings[0].disk_size"] },
      ...(before.length > 0 ? { dependsOn: before } : {}),
    };
  }

  private settings(props: InstanceProps): SqlDatabaseInstanceSettings {
    const { machine, network, services, flags } = props;
    return {
      tier: machineTier(machine),
      edition: "ENTERPRISE",
      diskType: "PD_SSD",
      diskAutoresize: true,
      deletionProtectionEnabled: props.protected ?? true,
      userLabels: { ...cloudOf(this).labels },
      databaseFlags: flagsWith(flags),
      insightsConfig: {
        queryInsightsEnabled: true,
        queryPlansPerMinute: 5,
        queryStringLength: 1024,
        recordApplicationTags: true,
        recordClientAddress: false,
      },
      ipConfiguration: {
        ipv4Enabled: false,
        privateNetwork: network.networkId,
        allocatedIpRange: services.rangeName,
        sslMode: "ENCRYPTED_ONLY",
      },
    };
  }
}
