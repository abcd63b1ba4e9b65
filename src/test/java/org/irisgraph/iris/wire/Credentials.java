package org.irisgraph.iris.wire;

import java.nio.charset.StandardCharsets;

/**
 * The scrambling of user name and password in {@code CN}: no encryption, every byte can be had
 * back. Verified against the bytes of the driver.
 */
final class Credentials {
  private static final int MASK = 0xA7;

  private Credentials() {}

  /** The text behind a scrambled one. */
  static String unscramble(byte[] scrambled) {
    byte[] clear = new byte[scrambled.length];
    for (int i = 0; i < scrambled.length; i++) {
      int rotated = scrambled[i] & 0xFF;
      int shifted = (rotated >>> 5) | (rotated << 3);
      clear[scrambled.length - 1 - i] = (byte) ((shifted - i) ^ MASK);
    }
    return new String(clear, StandardCharsets.ISO_8859_1);
  }
}
