package org.irisgraph.iris.wire;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.charset.spi.CharsetProvider;
import java.util.Iterator;
import java.util.List;

/**
 * UTF-16 without the white space at the end. H2 compares texts by their bytes in the charset of its
 * collation, so that with this one {@code x} and {@code x } are equal, as on the server (DocBook
 * RSQL_sqlupper). H2 itself ignores case.
 */
final class TrailingBlanksCharset extends Charset {
  static final String NAME = "WITHOUT_TRAILING_BLANKS";

  TrailingBlanksCharset() {
    super(NAME, new String[0]);
  }

  @Override
  public boolean contains(Charset other) {
    return true;
  }

  @Override
  public CharsetDecoder newDecoder() {
    return StandardCharsets.UTF_16BE.newDecoder();
  }

  @Override
  public CharsetEncoder newEncoder() {
    return new Encoder(this);
  }

  private static final class Encoder extends CharsetEncoder {
    private final StringBuilder blanks = new StringBuilder();

    Encoder(Charset charset) {
      super(charset, 2, 2, new byte[] {0, '?'});
    }

    @Override
    protected CoderResult encodeLoop(CharBuffer in, ByteBuffer out) {
      while (in.hasRemaining()) {
        char c = in.get(in.position());
        if (Character.isWhitespace(c)) {
          blanks.append(in.get());
          continue;
        }
        if (out.remaining() < 2 * (blanks.length() + 1)) {
          return CoderResult.OVERFLOW;
        }
        for (int i = 0; i < blanks.length(); i++) {
          out.putChar(blanks.charAt(i));
        }
        blanks.setLength(0);
        out.putChar(in.get());
      }
      return CoderResult.UNDERFLOW;
    }

    @Override
    protected void implReset() {
      blanks.setLength(0);
    }
  }

  /** Lets H2 find the charset by its name; listed in {@code META-INF/services}. */
  public static final class Provider extends CharsetProvider {
    @Override
    public Iterator<Charset> charsets() {
      return List.<Charset>of(new TrailingBlanksCharset()).iterator();
    }

    @Override
    public Charset charsetForName(String name) {
      return name.equalsIgnoreCase(NAME) ? new TrailingBlanksCharset() : null;
    }
  }
}
