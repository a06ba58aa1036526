import { timingSafeEqual } from "node:crypto";
import type { Socket } from "node:net";
import { Binary, type Document } from "bson";
import { answerCommand, commands, openCommands } from "./commands";
import { MongoError } from "./mongo-error";
import type { MongoServerOptions } from "./server";
import { encodeAnswer, type WireCommand, WireReader } from "./wire";

/** Answers one client, one command after the other. */
export function converse(socket: Socket, { documents, token, onError }: MongoServerOptions): void {
  const reader = new WireReader();
  let signedIn = token === undefined;
  let turn = Promise.resolve();

  const answer = async ({ body }: WireCommand): Promise<Document> => {
    if (body.saslStart !== undefined) {
      signedIn = signedIn || isToken(body, token ?? "");
      if (!signedIn) throw new MongoError(18, "AuthenticationFailed", "Authentication failed.");
      return { conversationId: 1, done: true, payload: new Binary(Buffer.alloc(0)) };
    }
    const [name = ""] = Object.keys(body);
    if (!signedIn && !Object.hasOwn(openCommands, name)) {
      throw new MongoError(13, "Unauthorized", `Command ${name} requires authentication`);
    }
    return answerCommand(documents, body, { ...openCommands, ...commands });
  };

  const respond = async (command: WireCommand): Promise<void> => {
    const said = await answer(command).then(
      (document) => ({ ...document, ok: 1 }),
      (error: unknown) => {
        if (!(error instanceof MongoError)) onError?.(error);
        const { code, codeName, message } =
          error instanceof MongoError
            ? error
            : { code: 1, codeName: "InternalError", message: "Internal error." };
        return { ok: 0, errmsg: message, code, codeName };
      },
    );
    if (!command.silent && !socket.destroyed) socket.write(encodeAnswer(command, said));
  };

  socket.on("data", (chunk) => {
    try {
      for (const command of reader.read(chunk)) turn = turn.then(() => respond(command));
    } catch {
      // Another protocol, a browser's for instance.
      socket.destroy();
    }
  });
}

/** https://datatracker.ietf.org/doc/html/rfc4616: three texts, separated by NUL. */
function isToken({ mechanism, payload }: Document, token: string): boolean {
  if (String(mechanism) !== "PLAIN" || !(payload instanceof Binary)) return false;
  const password = Buffer.from(payload.value()).toString().split("\0")[2] ?? "";
  const [given, wanted] = [Buffer.from(password), Buffer.from(token)];
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
