package org.irisgraph.endpoint;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  @ParameterizedTest
  @CsvSource({"17, 17000", "' 1.5 ', 1500", "0, 0", "999999999, 86400000"})
  void readsSeconds(String value, long millis) {
    assertThat(RetryAfter.millis(value, NOW), is(millis));
  }

  @Test
  void readsHttpDates() {
    assertThat(RetryAfter.millis("Fri, 02 Jan 2026 03:04:35 GMT", NOW), is(30_000L));
  }

  @Test
  void limitsDelaysToADay() {
    assertThat(RetryAfter.millis("Sun, 02 Jan 2033 03:04:35 GMT", NOW), is(86_400_000L));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "soon", "-5", "1e3", "NaN", "Thu, 01 Jan 1970 00:00:00 GMT", "2026-01-03"})
  void returnsZeroForPastDatesAndInvalidValues(String value) {
    assertThat(RetryAfter.millis(value, NOW), is(0L));
  }
}
