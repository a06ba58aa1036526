import fc from "fast-check";
import { refusals, synthesized } from "../testing";
import { Budget, type BudgetProps } from "./budget";
import { Contacts } from "./contacts";
import { moneyParts } from "./money";

const type = "google_billing_budget";
const props: BudgetProps = {
  title: "Shop, prod",
  billingAccount: "012345-6789AB-CDEF01",
  projectNumbers: ["123456789012"],
  monthly: "1500 EUR",
  channels: [{ channelName: "projects/shop-dev/notificationChannels/1" }],
};
const build = (change: Partial<BudgetProps> = {}) =>
  synthesized((stack) => new Budget(stack, "budget", { ...props, ...change }));
const fields = (lines: string[]) => lines.map((line) => line.split(":")[0]);

describe("money", () => {
  test("is units, billionths and a currency", () => {
    expect(moneyParts("1500.25 EUR")).toEqual({ units: "1500", nanos: 250_000_000, currency: "EUR" });
    expect(moneyParts("12 euros")).toBeUndefined();
  });

  test("keeps every cent", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e9 }), fc.integer({ min: 0, max: 99 }), (units, cents) => {
        const parts = moneyParts(`${Number(`${units}.${String(cents).padStart(2, "0")}`)} USD`);
        expect(Number(parts?.units) * 100 + (parts?.nanos ?? 0) / 1e7).toBe(units * 100 + cents);
      }),
      { numRuns: 100, seed: 7 },
    );
  });
});

describe("Budget", () => {
  test("GIVEN an amount THEN 50, 80 and 100 % are told when spent, and 100 % when expected", () => {
    expect(build().one(type)).toEqual({
      billing_account: "012345-6789AB-CDEF01",
      display_name: "Shop, prod",
      budget_filter: {
        projects: ["projects/123456789012"],
        calendar_period: "MONTH",
        credit_types_treatment: "INCLUDE_ALL_CREDITS",
      },
      amount: { specified_amount: { units: "1500", currency_code: "EUR" } },
      threshold_rules: [
        { threshold_percent: 0.5, spend_basis: "CURRENT_SPEND" },
        { threshold_percent: 0.8, spend_basis: "CURRENT_SPEND" },
        { threshold_percent: 1, spend_basis: "CURRENT_SPEND" },
        { threshold_percent: 1, spend_basis: "FORECASTED_SPEND" },
      ],
      all_updates_rule: {
        monitoring_notification_channels: ["projects/shop-dev/notificationChannels/1"],
        disable_default_iam_recipients: false,
      },
    });
  });

  test("refuses an id where a number must be, and everything else that is wrong, at once", () => {
    const wrong: Partial<BudgetProps> = {
      title: "",
      billingAccount: "abc",
      projectNumbers: ["shop-dev"],
      monthly: "0 EUR",
      spent: [0.5, 0.5],
      forecast: [-1],
      channels: Array.from({ length: 6 }, () => ({ channelName: "x" })),
    };
    expect(fields(refusals(() => build(wrong)))).toEqual([
      "title",
      "billingAccount",
      "projectNumbers[0]",
      "monthly",
      "spent[1]",
      "forecast[0]",
      "channels",
    ]);
  });

  test("stands twice in one stack, and hands the budget to transform", () => {
    const { all } = synthesized((stack) => {
      new Budget(stack, "one", props);
      new Budget(stack, "two", {
        ...props,
        channels: [],
        transform: {
          budget: (config) => {
            config.ownershipScope = "ALL_USERS";
          },
        },
      });
    });
    expect(all(type).map(({ ownership_scope }) => ownership_scope)).toContain("ALL_USERS");
    expect(all(type).filter(({ all_updates_rule }) => all_updates_rule === undefined)).toHaveLength(1);
  });
});

describe("Contacts", () => {
  test("writes to each about its subjects, in one order", () => {
    const { all } = synthesized(
      (stack) =>
        new Contacts(stack, "contacts", {
          people: [
            { email: "security@shop.example", about: ["technical", "security"] },
            { email: "bills@shop.example", about: ["billing"] },
          ],
          transform: {
            contact: (config) => {
              config.languageTag = "de";
            },
          },
        }),
    );
    expect(all("google_essential_contacts_contact")).toMatchObject([
      { email: "bills@shop.example", language_tag: "de" },
      {
        parent: "projects/shop-dev",
        email: "security@shop.example",
        notification_category_subscriptions: ["SECURITY", "TECHNICAL"],
      },
    ]);
  });

  test("refuses wrong addresses, subjects and languages", () => {
    const wrong = () =>
      synthesized(
        (stack) =>
          new Contacts(stack, "contacts", {
            language: "English!",
            people: [
              { email: "nobody", about: [] },
              { email: "a@shop.example", about: ["legal"] },
              { email: "A@shop.example", about: ["legal"] },
            ],
          }),
      );
    expect(fields(refusals(wrong))).toEqual([
      "language",
      "people[0].email",
      "people[0].about",
      "people[2].email",
    ]);
  });
});
