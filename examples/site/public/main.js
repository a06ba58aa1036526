import { lines, readSettings } from "./settings.js";

const list = document.querySelector("#settings");
const problem = document.querySelector("#problem");
try {
  for (const [name, value] of lines(await readSettings(fetch))) {
    const [term, description] = [document.createElement("dt"), document.createElement("dd")];
    term.textContent = name;
    description.textContent = value;
    list?.append(term, description);
  }
} catch (error) {
  if (problem instanceof HTMLElement) {
    problem.textContent = `The settings can't be read: ${error instanceof Error ? error.message : error}`;
    problem.hidden = false;
  }
}
