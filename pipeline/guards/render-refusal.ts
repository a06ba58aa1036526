import type { Verdict } from "./judge";

/** Why an environment is left as it is: every reason, and what to do about it; what helps several stands once. */
export function renderRefusal(environment: string, { reasons, opens }: Verdict): string {
  const todos = [...new Set(reasons.map(({ todo }) => todo))];
  return [
    `\n${environment} is left as it is:`,
    ...todos.flatMap((todo) => [
      ...reasons.filter((reason) => reason.todo === todo).map(({ text }) => `  ${text}`),
      `    → ${todo}`,
    ]),
    ...(opens === undefined ? [] : [`  The next window opens at ${opens}.`]),
  ].join("\n");
}
