/**
 * Does something without the stack trace that CDKTF takes for every token, which costs more than all the rest and which
 * nothing of ours shows. Errors keep theirs.
 */
export function withoutTraces<T>(act: () => T): T {
  const capture = Error.captureStackTrace;
  Error.captureStackTrace = () => {};
  try {
    return act();
  } finally {
    Error.captureStackTrace = capture;
  }
}
