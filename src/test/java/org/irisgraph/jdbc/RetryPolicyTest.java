package org.irisgraph.jdbc;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.util.ArrayList;
import java.util.List;
import org.joda.time.Duration;
import org.junit.jupiter.api.Test;

/** Time passes only by the sleeping that is asked for. */
class RetryPolicyTest {

  private final List<Long> slept = new ArrayList<>();
  private long nanos;

  private RetryPolicy policy(Duration budget) {
    return new RetryPolicy(
        budget,
        millis -> {
          slept.add(millis);
          nanos += millis * 1_000_000;
        },
        () -> nanos);
  }

  private int attemptsUntilGivingUp(RetryPolicy.Delays delays) throws InterruptedException {
    int attempts = 1;
    while (delays.sleep()) {
      attempts++;
    }
    return attempts;
  }

  @Test
  void waitsLongerAndLongerUntilTheBudgetIsSpent() throws Exception {
    RetryPolicy.Delays delays = policy(Duration.standardMinutes(5)).start(new RetryPolicy.Outage());

    attemptsUntilGivingUp(delays);

    assertThat(slept.get(0), lessThanOrEqualTo(300L));
    assertThat(slept, everyItem(allOf(greaterThan(0L), lessThanOrEqualTo(15_000L))));
    assertThat(delays.elapsedMillis(), greaterThan(299_000L));
    assertThat(delays.elapsedMillis(), lessThanOrEqualTo(315_000L));
  }

  @Test
  void triesOnceWithoutABudget() throws Exception {
    assertThat(attemptsUntilGivingUp(policy(Duration.ZERO).start(new RetryPolicy.Outage())), is(1));
  }

  @Test
  void spendsTheBudgetOfAnOutageOnce() throws Exception {
    RetryPolicy policy = policy(Duration.standardSeconds(30));
    RetryPolicy.Outage outage = new RetryPolicy.Outage();
    attemptsUntilGivingUp(policy.start(outage));

    assertThat(attemptsUntilGivingUp(policy.start(outage)), is(1));

    outage.end();
    assertThat(attemptsUntilGivingUp(policy.start(outage)), greaterThan(3));
  }
}
