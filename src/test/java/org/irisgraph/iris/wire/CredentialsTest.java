package org.irisgraph.iris.wire;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class CredentialsTest {
  @Test
  void whatTheDriverScrambledCanBeReadAgain() {
    HexFormat hex = HexFormat.of();
    assertThat(Credentials.unscramble(hex.parseHex("9effde")), is("SYS"));
    assertThat(Credentials.unscramble(hex.parseHex("5d7cbefe403fdf")), is("_SYSTEM"));
    assertThat(Credentials.unscramble(new byte[0]), is(""));
  }
}
