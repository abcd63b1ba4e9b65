package org.irisgraph.benchmark;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class LatencyProxyTest {

  /** Answers what it is sent, a message at a time, to one client. */
  private static CompletableFuture<Void> echo(ServerSocket listener) {
    return CompletableFuture.runAsync(
        () -> {
          try (Socket socket = listener.accept()) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            for (int length = in.readInt(); length >= 0; length = in.readInt()) {
              byte[] message = in.readNBytes(length);
              out.writeInt(length);
              out.write(message);
            }
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  @Test
  void delaysEachRoundTripAndCountsIt() throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        LatencyProxy proxy = LatencyProxy.before(listener.getLocalPort(), 20);
        Socket client = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
      CompletableFuture<Void> server = echo(listener);
      DataInputStream in = new DataInputStream(client.getInputStream());
      DataOutputStream out = new DataOutputStream(client.getOutputStream());
      long start = System.nanoTime();
      for (int i = 0; i < 5; i++) {
        out.write(new byte[] {0, 0, 0, 1, (byte) i});
        assertThat(in.readInt(), is(1));
        assertThat(in.read(), is(i));
      }
      Duration taken = Duration.ofNanos(System.nanoTime() - start);

      assertThat(taken, greaterThanOrEqualTo(Duration.ofMillis(100)));
      assertThat(proxy.roundTrips(), is(5L));
      proxy.resetRoundTrips();
      assertThat(proxy.roundTrips(), is(0L));
      out.writeInt(-1);
      server.get();
    }
  }

  @Test
  void passesOnWhatIsSentUnchanged() throws Exception {
    byte[] sent = new byte[3_000_000];
    new Random(1).nextBytes(sent);
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        LatencyProxy proxy = LatencyProxy.before(listener.getLocalPort(), 1);
        Socket client = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
      CompletableFuture<Void> server = echo(listener);
      DataInputStream in = new DataInputStream(client.getInputStream());
      DataOutputStream out = new DataOutputStream(client.getOutputStream());
      out.writeInt(sent.length);
      out.write(sent);

      assertThat(in.readInt(), is(sent.length));
      assertThat(in.readNBytes(sent.length), is(sent));
      out.writeInt(-1);
      server.get();
    }
  }
}
