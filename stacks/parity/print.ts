import { sourceIn } from "../../environments/load";
import { parityOf } from "./parity";

const effects = process.argv.includes("--effects");
process.stdout.write(`${JSON.stringify(parityOf(sourceIn(), { effects }))}\n`);
