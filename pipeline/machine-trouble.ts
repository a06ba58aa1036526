const troubles: Readonly<Record<string, string>> = {
  EACCES: "This machine doesn't allow it",
  EDQUOT: "No more may be written to this disk",
  EMFILE: "Too many files are open",
  ENFILE: "Too many files are open on this machine",
  ENOSPC: "No space is left on the disk",
  EPERM: "This machine doesn't allow it",
  EROFS: "The disk can only be read",
};

/**
 * What the machine refused to do, as a sentence for its user; undefined for every other error.
 *
 * @param error what Node.js threw: https://nodejs.org/api/errors.html#class-systemerror
 */
export function machineTrouble(error: unknown): string | undefined {
  const { code = "", syscall, path } = (error ?? {}) as Partial<NodeJS.ErrnoException>;
  const trouble = syscall === undefined ? undefined : troubles[code];
  return trouble && `${trouble}: ${syscall}${path === undefined ? "" : ` ${path}`} (${code}).`;
}
