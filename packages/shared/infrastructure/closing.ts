import type { Server } from 'node:http'
import type { Socket } from 'node:net'

/** By then a question that was on its way has arrived. */
const silenceMilliseconds = 250

/**
 * Watches a server's connections. What is returned is to be called when the server closes: it waits
 * for the answers that are under way, `longestMilliseconds` at most, and for nothing else. Not for
 * connections on which nothing was ever said (browsers open some ahead of time, and Node does not
 * count them as idle), nor for another request on those that have just been answered.
 */
export function prepareToClose(server: Server, longestMilliseconds: number): () => void {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  return () => {
    if (sockets.size === 0) return
    const silence = setTimeout(() => {
      for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy()
    }, silenceMilliseconds)
    const answered = setInterval(() => server.closeIdleConnections(), 50)
    const deadline = setTimeout(() => server.closeAllConnections(), longestMilliseconds)
    server.once('close', () => {
      clearTimeout(silence)
      clearInterval(answered)
      clearTimeout(deadline)
    })
  }
}
