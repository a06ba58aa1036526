import { execFileSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Bundles `entry.ts` of a folder in a process of its own, runs the bundle, and tells whether it was built again. */
class Folder {
  readonly root = mkdtempSync(join(tmpdir(), "bundle-"));

  constructor() {
    mkdirSync(join(this.root, "bootstrap"));
    for (const file of ["bundle.mjs", "bundle-stamps.mjs"]) {
      copyFileSync(join(__dirname, file), join(this.root, "bootstrap", file));
    }
    symlinkSync(join(__dirname, "..", "node_modules"), join(this.root, "node_modules"));
    this.write("package.json", "{}");
    this.write("tsconfig.json", "{}");
    this.write("entry.ts", 'import { word } from "./part/word"; console.log(word);');
    mkdirSync(join(this.root, "part"));
    this.write("part/word.ts", 'export const word = "one";');
  }

  write(path: string, text: string): void {
    writeFileSync(join(this.root, path), text);
  }

  /** Not the same moment as what was written before. */
  settle(): void {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 120);
  }

  run(): { printed: string; built: boolean } {
    this.settle();
    const before = this.stamped();
    const program =
      'console.log(await (await import("./bootstrap/bundle.mjs")).bundle("entry.ts", "dist/entry.cjs"))';
    const options = { cwd: this.root, encoding: "utf8" as const };
    const file = execFileSync(process.execPath, ["--input-type=module", "-e", program], options).trim();
    return {
      printed: execFileSync(process.execPath, [file], options).trim(),
      built: this.stamped() !== before,
    };
  }

  /** When a bundle was last found complete. */
  private stamped(): number | undefined {
    const file = join(this.root, "dist/entry.cjs.stamps.json");
    return existsSync(file) ? statSync(file).mtimeMs : undefined;
  }
}

describe("a bundle", () => {
  let folder: Folder;
  beforeEach(() => {
    folder = new Folder();
  });
  afterEach(() => rmSync(folder.root, { recursive: true, force: true }));

  test("GIVEN nothing changed THEN it is not built again", () => {
    expect(folder.run()).toEqual({ printed: "one", built: true });
    expect(folder.run()).toEqual({ printed: "one", built: false });
  });

  test("GIVEN a file that changed to the same size and time THEN it is built again", () => {
    folder.run();
    folder.settle();
    folder.write("part/word.ts", 'export const word = "two";');
    utimesSync(join(folder.root, "part/word.ts"), 1, 1);
    expect(folder.run()).toEqual({ printed: "two", built: true });
    utimesSync(join(folder.root, "part/word.ts"), 1, 1);
    folder.write("part/word.ts", 'export const word = "six";');
    utimesSync(join(folder.root, "part/word.ts"), 1, 1);
    expect(folder.run().printed).toBe("six");
  });

  test("GIVEN another file in a file's place, or other settings THEN it is built again", () => {
    folder.run();
    folder.write("part/word.tsx", 'export const word = "new";');
    expect(folder.run()).toEqual({ printed: "new", built: true });
    folder.write("tsconfig.json", '{ "compilerOptions": { "paths": { "./part/word": ["./other.ts"] } } }');
    folder.write("other.ts", 'export const word = "led elsewhere";');
    expect(folder.run().built).toBe(true);
  });

  test("GIVEN a bundle that something else wrote, or half of what is known of it THEN it is built again", () => {
    folder.run();
    folder.write("dist/entry.cjs", "console.log('strange')");
    expect(folder.run()).toEqual({ printed: "one", built: true });
    folder.write("dist/entry.cjs.stamps.json", "{");
    expect(folder.run()).toEqual({ printed: "one", built: true });
  });
});
