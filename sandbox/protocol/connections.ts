import { mkdirSync, rmSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { dirname } from "node:path";
import { UserError } from "@groundwork/user-error";

/** A unix socket has at most this many bytes in its address, the closing zero not counted (macOS: 103). */
const LONGEST_SOCKET_PATH = 103;

/** Listens on a unix socket and tells its connections apart. */
export interface Connections {
  count(): number;
  /** Takes no further connections and ends those that are open. */
  close(): Promise<void>;
}

/**
 * Opens the socket.
 * @param path of the socket; what was there before is removed, the new one is its owner's only
 * @param arrived is given each connection, already carrying its tag as `remoteAddress`: that is where the gRPC server
 * looks for the peer's name, which all peers of a unix socket lack
 * @param gone is told the tag of a connection that ended
 * @throws UserError when the path is too long for a socket
 */
export async function listen(
  path: string,
  arrived: (socket: Socket, tag: string) => void,
  gone: (tag: string) => void,
): Promise<Connections> {
  if (Buffer.byteLength(path) > LONGEST_SOCKET_PATH) {
    throw new UserError("the sandbox can't open its sockets", [
      {
        field: "folder of the sockets",
        found: dirname(path),
        expected: `a path that leaves the whole address within ${LONGEST_SOCKET_PATH} bytes`,
      },
    ]);
  }
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  rmSync(path, { force: true });

  const open = new Set<Socket>();
  let arrivals = 0;
  const server = createServer((socket) => {
    const tag = `client-${++arrivals}`;
    Object.defineProperty(socket, "remoteAddress", { value: tag });
    open.add(socket);
    // A peer that vanishes (Terraform killed, garbage sent) is no error of ours.
    socket.on("error", () => socket.destroy());
    socket.on("close", () => {
      open.delete(socket);
      gone(tag);
    });
    arrived(socket, tag);
  });

  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    // The socket is made inside listen(), so that there is no instant in which others may connect.
    const umask = process.umask(0o177);
    try {
      server.listen(path, resolve);
    } finally {
      process.umask(umask);
    }
  });

  return {
    count: () => open.size,
    async close() {
      const closed = [...open].map((socket) => new Promise((resolve) => socket.once("close", resolve)));
      closed.push(new Promise((resolve) => server.close(resolve)));
      for (const socket of open) socket.destroy();
      await Promise.all(closed);
      rmSync(path, { force: true });
    },
  };
}
