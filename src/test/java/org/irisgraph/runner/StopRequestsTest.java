package org.irisgraph.runner;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class StopRequestsTest {

  @Test
  void areAskedAtOnceAndBindingAfterTheirGrace() {
    StopRequests.add("graceful", Duration.ofHours(1));
    StopRequests.add("immediate", Duration.ZERO);

    assertThat(StopRequests.isAsked("graceful"), is(true));
    assertThat(StopRequests.contains("graceful"), is(false));
    assertThat(StopRequests.contains("immediate"), is(true));
    assertThat(StopRequests.isAsked("another"), is(false));
    StopRequests.remove("graceful");
    StopRequests.remove("immediate");
  }

  @Test
  void areForgottenWhenTheRunHasEnded() {
    StopRequests.add("ended", Duration.ZERO);
    StopRequests.remove("ended");

    assertThat(StopRequests.isAsked("ended"), is(false));
    assertThat(StopRequests.contains("ended"), is(false));
  }
}
