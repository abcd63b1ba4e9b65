package org.irisgraph.endpoint;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import org.junit.jupiter.api.Test;

class RateLimiterTest {

  private final FakeSleeper sleeper = new FakeSleeper();

  @Test
  void doesNotWaitWithoutALimit() throws Exception {
    RateLimiter limiter = new RateLimiter(0, sleeper);

    limiter.acquire();
    limiter.acquire();

    assertThat(sleeper.sleeps(), is(empty()));
  }

  @Test
  void startsRequestsAtEvenIntervals() throws Exception {
    RateLimiter limiter = new RateLimiter(60, sleeper);

    limiter.acquire();
    limiter.acquire();
    limiter.acquire();

    // Two intervals of 1.01 s.
    assertThat(millis(), is(greaterThanOrEqualTo(2020L)));
    assertThat(millis(), is(lessThan(2030L)));
  }

  @Test
  void savesNoRequestsDuringIdleTime() throws Exception {
    RateLimiter limiter = new RateLimiter(60, sleeper);
    limiter.acquire();
    sleeper.sleep(10_500);
    long start = millis();

    limiter.acquire();
    limiter.acquire();

    assertThat(millis() - start, is(greaterThanOrEqualTo(1010L)));
  }

  @Test
  void startsNoRequestDuringAPause() throws Exception {
    RateLimiter limiter = new RateLimiter(0, sleeper);

    limiter.pause(17_000);
    limiter.acquire();

    assertThat(millis(), is(greaterThanOrEqualTo(17_000L)));
  }

  @Test
  void keepsTheLongerOfTwoPauses() throws Exception {
    RateLimiter limiter = new RateLimiter(60, sleeper);

    limiter.pause(17_000);
    limiter.pause(1_000);
    limiter.acquire();

    assertThat(millis(), is(greaterThanOrEqualTo(17_000L)));
  }

  private long millis() {
    return sleeper.nanoTime() / 1_000_000;
  }
}
