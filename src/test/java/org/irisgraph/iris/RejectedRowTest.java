package org.irisgraph.iris;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.Test;

class RejectedRowTest {

  @Test
  void cutsAMessageBetweenCharactersOnly() {
    assertThat(RejectedRow.cut("x".repeat(500)), is("x".repeat(500)));
    assertThat(RejectedRow.cut("x".repeat(501)), is("x".repeat(500) + "…"));
    assertThat(RejectedRow.cut("x".repeat(499) + "😀y"), is("x".repeat(499) + "…"));
    assertThat(RejectedRow.cut("x".repeat(498) + "😀y"), is("x".repeat(498) + "😀…"));
  }
}
