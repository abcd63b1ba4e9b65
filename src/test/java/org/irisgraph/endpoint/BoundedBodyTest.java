package org.irisgraph.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.sameInstance;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

class BoundedBodyTest {

  private static final int MAX_BYTES = 10;

  private final BoundedBody body = new BoundedBody(MAX_BYTES);
  private boolean cancelled;

  @Test
  void joinsTheBuffersOfABody() {
    // The two bytes of é arrive in different buffers.
    byte[] bytes = "café au".getBytes(UTF_8);
    subscribe();
    body.onNext(List.of(buffer(bytes, 0, 2), buffer(bytes, 2, 4)));
    body.onNext(List.of(buffer(bytes, 4, bytes.length)));
    body.onComplete();

    assertThat(result(), is("café au"));
  }

  @Test
  void acceptsABodyOfTheMaximumLength() {
    subscribe();
    body.onNext(List.of(ByteBuffer.wrap(new byte[MAX_BYTES])));
    body.onComplete();

    assertThat(result().length(), is(MAX_BYTES));
    assertThat(cancelled, is(false));
  }

  @Test
  void cancelsABodyThatIsTooLong() {
    subscribe();
    body.onNext(List.of(ByteBuffer.wrap(new byte[MAX_BYTES]), ByteBuffer.wrap(new byte[1])));

    assertThat(cancelled, is(true));
    assertThat(failure(), instanceOf(BoundedBody.TooLong.class));
    assertThat(failure().getMessage(), is("the response has more than 10 bytes"));
  }

  @Test
  void passesOnTheFailureOfTheConnection() {
    IOException reset = new IOException("connection reset");
    subscribe();
    body.onError(reset);

    assertThat(failure(), sameInstance(reset));
  }

  private void subscribe() {
    body.onSubscribe(
        new Flow.Subscription() {
          @Override
          public void request(long count) {}

          @Override
          public void cancel() {
            cancelled = true;
          }
        });
  }

  private static ByteBuffer buffer(byte[] bytes, int start, int end) {
    return ByteBuffer.wrap(Arrays.copyOfRange(bytes, start, end));
  }

  private String result() {
    return body.getBody().toCompletableFuture().join();
  }

  private Throwable failure() {
    return assertThrows(CompletionException.class, this::result).getCause();
  }
}
