package org.irisgraph.document.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import org.irisgraph.document.ReadException;
import org.irisgraph.document.ReadFailure;

/**
 * Decodes a stream without replacing malformed input: delivers all characters before the first byte
 * that is not in the encoding, then fails with a {@link ReadException} that names its position.
 */
final class StrictReader extends Reader {

  private static final int BUFFER_BYTES = 8 * 1024;

  private final InputStream in;
  private final CharsetDecoder decoder;
  private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER_BYTES).flip();
  private boolean ended;
  private long offset;
  private int line = 1;

  StrictReader(InputStream in, Charset charset) {
    this.in = in;
    // A new decoder reports malformed input.
    this.decoder = charset.newDecoder();
  }

  @Override
  public int read(char[] characters, int start, int length) throws IOException {
    CharBuffer out = CharBuffer.wrap(characters, start, length).slice();
    while (true) {
      int before = bytes.position();
      CoderResult result = decoder.decode(bytes, out, ended);
      offset += bytes.position() - before;
      if (out.position() > 0) {
        countLines(out.flip());
        return out.limit();
      }
      if (result.isError()) {
        throw invalidByte();
      }
      if (ended) {
        return -1;
      }
      fill();
    }
  }

  private void fill() throws IOException {
    bytes.compact();
    int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
    ended = read < 0;
    bytes.position(bytes.position() + Math.max(0, read)).flip();
  }

  private void countLines(CharBuffer decoded) {
    for (int i = 0; i < decoded.limit(); i++) {
      if (decoded.get(i) == '\n') {
        line++;
      }
    }
  }

  private ReadException invalidByte() {
    return new ReadException(
        ReadFailure.NOT_UTF8,
        String.format(
            "line %d: byte %d of the file (0x%02X) is not %s",
            line, offset, bytes.get(bytes.position()) & 0xFF, decoder.charset()));
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
