package org.irisgraph.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A link with a round-trip time, between a driver and a server on this machine: what is sent
 * arrives half of it later, in either direction, and nothing else is slowed down. It counts the
 * round trips: what the client sends after the server has spoken begins a new one.
 */
final class LatencyProxy implements AutoCloseable {

  private static final int CHUNK_BYTES = 65_536;

  /** Chunks on their way in one direction, before the sender has to wait. */
  private static final int CHUNKS_ON_THE_WAY = 256;

  private final ServerSocket listener;
  private final int serverPort;
  private final long oneWayNanos;
  private final AtomicLong roundTrips = new AtomicLong();
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

  /** What was read at once; nothing at the end of the stream. */
  private record Chunk(ByteBuffer bytes, long arrivesAt) {}

  /** One direction of one connection; {@code clientSpeaks} is shared by both. */
  private record Direction(
      Socket from, Socket to, boolean fromClient, AtomicBoolean clientSpeaks) {}

  private LatencyProxy(ServerSocket listener, int serverPort, int rttMillis) {
    this.listener = listener;
    this.serverPort = serverPort;
    this.oneWayNanos = rttMillis * 1_000_000L / 2;
  }

  /** Listens on a free port of the loopback address and passes on to another of its ports. */
  static LatencyProxy before(int serverPort, int rttMillis) throws IOException {
    LatencyProxy proxy =
        new LatencyProxy(
            new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), serverPort, rttMillis);
    start("accept", proxy::accept);
    return proxy;
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Of all connections since the start or the last reset. */
  long roundTrips() {
    return roundTrips.get();
  }

  void resetRoundTrips() {
    roundTrips.set(0);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = opened(listener.accept());
        Socket server = opened(new Socket(InetAddress.getLoopbackAddress(), serverPort));
        AtomicBoolean clientSpeaks = new AtomicBoolean();
        connect(new Direction(client, server, true, clientSpeaks));
        connect(new Direction(server, client, false, clientSpeaks));
      } catch (IOException e) {
        if (!listener.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private Socket opened(Socket socket) throws IOException {
    socket.setTcpNoDelay(true);
    sockets.add(socket);
    return socket;
  }

  private void connect(Direction direction) {
    BlockingQueue<Chunk> onTheWay = new ArrayBlockingQueue<>(CHUNKS_ON_THE_WAY);
    start("receive", () -> receive(direction, onTheWay));
    start("deliver", () -> deliver(direction.to(), onTheWay));
  }

  private static void start(String name, Runnable task) {
    Thread thread = new Thread(task, "latency-proxy-" + name);
    thread.setDaemon(true);
    thread.start();
  }

  private void receive(Direction direction, BlockingQueue<Chunk> onTheWay) {
    byte[] buffer = new byte[CHUNK_BYTES];
    try {
      try {
        InputStream in = direction.from().getInputStream();
        for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
          long arrivesAt = System.nanoTime() + oneWayNanos;
          if (!direction.fromClient()) {
            direction.clientSpeaks().set(false);
          } else if (!direction.clientSpeaks().getAndSet(true)) {
            roundTrips.incrementAndGet();
          }
          onTheWay.put(new Chunk(ByteBuffer.wrap(Arrays.copyOf(buffer, length)), arrivesAt));
        }
      } finally {
        onTheWay.put(new Chunk(ByteBuffer.allocate(0), 0));
      }
    } catch (IOException e) {
      close(direction.from());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void deliver(Socket to, BlockingQueue<Chunk> onTheWay) {
    try {
      OutputStream out = to.getOutputStream();
      for (Chunk chunk = onTheWay.take(); chunk.bytes().hasRemaining(); chunk = onTheWay.take()) {
        for (long wait = chunk.arrivesAt() - System.nanoTime();
            wait > 0;
            wait = chunk.arrivesAt() - System.nanoTime()) {
          LockSupport.parkNanos(wait);
        }
        out.write(chunk.bytes().array());
      }
      to.shutdownOutput();
    } catch (IOException e) {
      close(to);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is of no use any more.
    }
    sockets.remove(socket);
  }

  /** Stops listening and cuts every connection. */
  @Override
  public void close() throws IOException {
    listener.close();
    sockets.forEach(this::close);
  }
}
