package org.irisgraph.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.irisgraph.graph.ContentHash;

/** SHA-256 over length-prefixed strings, so that different lists of parts have different hashes. */
public final class Sha256 {

  private Sha256() {}

  /** Returns the hash in lower-case hexadecimal. */
  public static String of(String... parts) {
    MessageDigest digest = ContentHash.digest();
    for (String part : parts) {
      byte[] bytes = part.getBytes(UTF_8);
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
      digest.update(bytes);
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
