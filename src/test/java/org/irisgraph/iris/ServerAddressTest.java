package org.irisgraph.iris;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerAddressTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cannot connect to jdbc:IRIS://localhost:1972/USER | cannot connect to"
            + " jdbc:IRIS://SERVER/USER",
        "Connection refused: localhost/127.0.0.1:1972 (code 0) | Connection refused: SERVER (code"
            + " 0)",
        "no answer from 127.0.0.1. | no answer from SERVER.",
        "a table of LOCALHOSTS, version 2127.0.0.1 | a table of LOCALHOSTS, version 2127.0.0.1"
      })
  void isRemovedFromMessages(String message, String expected) {
    assertThat(
        ServerAddress.of("jdbc:IRIS://localhost:1972/USER").removeFrom(message), is(expected));
  }
}
