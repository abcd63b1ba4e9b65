package org.irisgraph.base;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.sameInstance;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SharedTest {

  private final List<Object> closed = new ArrayList<>();
  private final Shared<String, Object> shared = new Shared<>(closed::add);

  @Test
  void closesAResourceWithItsLastUser() {
    Object first = shared.acquire("a", key -> new Object());
    Object second = shared.acquire("a", key -> new Object());

    assertThat(second, is(sameInstance(first)));
    shared.release("a");
    assertThat(closed, is(empty()));
    shared.release("a");
    assertThat(closed, contains(first));
    assertThat(shared.find("a"), is(Optional.empty()));
    assertThat(shared.acquire("a", key -> new Object()), is(not(sameInstance(first))));
  }

  @Test
  void keepsNothingOfAResourceThatCouldNotBeOpened() {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            shared.acquire(
                "a",
                key -> {
                  throw new IllegalArgumentException(key);
                }));

    assertThat(shared.keys(), is(empty()));
  }

  @Test
  void waitsUntilAResourceIsClosed() throws InterruptedException {
    shared.acquire("a", key -> key);
    assertThat(shared.awaitClosed("a", Duration.ofMillis(10)), is(false));

    Thread user = new Thread(() -> shared.release("a"));
    user.start();

    assertThat(shared.awaitClosed("a", Duration.ofSeconds(30)), is(true));
    user.join();
  }

  @Test
  void refusesAReleaseWithoutAUser() {
    assertThrows(IllegalStateException.class, () -> shared.release("a"));
  }
}
