import type { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'

/** After that, whoever is still connected is cut off: the process has to end some time. */
const longestMilliseconds = 8000

/**
 * Closing waits for the answers that are under way, and for nothing else: not for connections on which
 * nothing was ever said (browsers open some ahead of time, and Node does not count them as idle), nor
 * for the next request on those that have just been answered.
 */
export function closeWhenAnswered(app: FastifyInstance): void {
  const sockets = new Set<Socket>()
  const state = { isClosing: false }
  app.server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  app.addHook('onSend', async (_request, reply) => {
    if (state.isClosing) void reply.header('connection', 'close')
  })
  app.addHook('preClose', async () => {
    state.isClosing = true
    for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy()
    const deadline = setTimeout(() => app.server.closeAllConnections(), longestMilliseconds)
    app.server.once('close', () => clearTimeout(deadline))
    deadline.unref()
  })
}
