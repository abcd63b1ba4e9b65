package org.irisgraph.base;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.Test;

class ErrorTextTest {

  @Test
  void cutsAMessageBetweenCharactersOnly() {
    assertThat(ErrorText.cut("x".repeat(500), 500), is("x".repeat(500)));
    assertThat(ErrorText.cut("x".repeat(501), 500), is("x".repeat(500) + "…"));
    assertThat(ErrorText.cut("x".repeat(499) + "😀y", 500), is("x".repeat(499) + "…"));
    assertThat(ErrorText.cut("x".repeat(498) + "😀y", 500), is("x".repeat(498) + "😀…"));
  }
}
