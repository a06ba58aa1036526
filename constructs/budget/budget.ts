import { BillingBudget, type BillingBudgetConfig } from "@cdktf/provider-google/lib/billing-budget";
import type { Problem } from "@groundwork/user-error";
import { Token } from "cdktf";
import { Construct } from "constructs";
import type { ChannelLike } from "../observability/channels/channel";
import { check, checkName, refuse } from "../problems";
import { google } from "../provider/providers";
import { type Transformable, transformed } from "../transform";
import { type Money, moneyParts } from "./money";

/** Props of `Budget`. */
export interface BudgetProps extends Transformable<{ budget: BillingBudgetConfig }> {
  /** Name that people read, at most 60 characters. */
  readonly title: string;
  /** Account that pays, `012345-6789AB-CDEF01`. Can't change. */
  readonly billingAccount: string;
  /**
   * Numbers of the projects that are watched, not their ids: Google answers the numbers, and the ids would be planned
   * as changed for ever.
   */
  readonly projectNumbers: readonly string[];
  /** Amount per month, in the billing account's currency: `"1500 EUR"`. */
  readonly monthly: Money;
  /** Shares of the amount that are told when they are spent. @default 0.5, 0.8 and 1 */
  readonly spent?: readonly number[];
  /** Shares of the amount that are told when Google expects them to be spent by the month's end. @default 1 */
  readonly forecast?: readonly number[];
  /** E-mail channels, at most five; others are refused by Google. */
  readonly channels: readonly ChannelLike[];
  /** Whether the billing account's administrators are written to as well. @default true */
  readonly tellAdministrators?: boolean;
}

/**
 * Tells when a month costs more than planned. It only tells: nothing is stopped. See the runbook `spending-over-budget`.
 *
 * @throws UserError when the account, a project number, the amount or a share is none
 * @see https://cloud.google.com/billing/docs/how-to/budgets
 */
export class Budget extends Construct {
  constructor(scope: Construct, id: string, props: BudgetProps) {
    super(scope, id);
    this.validate(props);
    google(this);
    this.createBudget(props);
  }

  private validate(props: BudgetProps): void {
    const { title, billingAccount, projectNumbers, monthly, spent = [], forecast = [], channels } = props;
    refuse(this, `budget ${title}`, [
      check(title.length >= 1 && title.length <= 60, "title", title, "1 to 60 characters"),
      checkBillingAccount(billingAccount),
      check(projectNumbers.length > 0, "projectNumbers", "none", "at least one project's number"),
      ...projectNumbers.map((number, index) =>
        check(
          Token.isUnresolved(number) || /^\d{6,20}$/.test(number),
          `projectNumbers[${index}]`,
          number,
          "a project's number, not its id",
        ),
      ),
      check(
        moneyParts(monthly) !== undefined && Number(monthly.split(" ")[0]) > 0,
        "monthly",
        monthly,
        'an amount above 0 and a currency: "1500 EUR"',
      ),
      ...checkShares("spent", spent),
      ...checkShares("forecast", forecast),
      check(channels.length <= 5, "channels", channels.length, "at most 5"),
    ]);
  }

  private createBudget(props: BudgetProps): void {
    const { title, billingAccount, projectNumbers, channels, transform } = props;
    const { spent = [0.5, 0.8, 1], forecast = [1], tellAdministrators = true } = props;
    const { units, nanos, currency } = moneyParts(props.monthly) ?? {};
    new BillingBudget(
      this,
      "budget",
      transformed<BillingBudgetConfig>(
        {
          billingAccount,
          displayName: title,
          budgetFilter: {
            projects: projectNumbers.map((number) => `projects/${number}`),
            calendarPeriod: "MONTH",
            creditTypesTreatment: "INCLUDE_ALL_CREDITS",
          },
          amount: {
            specifiedAmount: {
              ...(units === undefined || units === "0" ? {} : { units }),
              ...(nanos ? { nanos } : {}),
              ...(currency === undefined ? {} : { currencyCode: currency }),
            },
          },
          thresholdRules: [...rules(spent, "CURRENT_SPEND"), ...rules(forecast, "FORECASTED_SPEND")],
          ...(channels.length > 0
            ? {
                allUpdatesRule: {
                  monitoringNotificationChannels: channels.map(({ channelName }) => channelName),
                  disableDefaultIamRecipients: !tellAdministrators,
                },
              }
            : {}),
        },
        transform?.budget,
      ),
    );
  }
}

/** A problem unless it is a billing account's id. */
function checkBillingAccount(account: string): Problem | undefined {
  return checkName(
    account,
    /^[0-9A-F]{6}-[0-9A-F]{6}-[0-9A-F]{6}$/,
    "billingAccount",
    "three groups of six digits and capital letters A to F",
  );
}

function checkShares(field: string, shares: readonly number[]): (Problem | undefined)[] {
  return shares.map((share, index) =>
    check(
      share > 0 && share <= 10 && shares.indexOf(share) === index,
      `${field}[${index}]`,
      share,
      "a share above 0, at most 10, each once: 0.5 is half of the amount",
    ),
  );
}

function rules(shares: readonly number[], spendBasis: string) {
  return [...shares]
    .sort((one, other) => one - other)
    .map((thresholdPercent) => ({ thresholdPercent, spendBasis }));
}
