package org.irisgraph.document;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Opens compressed files. Commons Compress and not the JDK, whose {@code GZIPInputStream} silently
 * ends where a further member is damaged, and where {@code available()} of a network stream is 0
 * (JDK-7036144).
 */
public final class Decompression {

  static final String GZIP_ENDING = ".gz";
  private static final int BUFFER_BYTES = 64 * 1024;

  private Decompression() {}

  /**
   * The decompressed content, if the name ends in {@code .gz} or the content begins as gzip does,
   * else the content. Reading throws a {@link ReadException} where compressed data is damaged or
   * ends too early.
   */
  public static InputStream decompress(String source, InputStream content) throws IOException {
    TrackedInputStream tracked = new TrackedInputStream(content);
    BufferedInputStream buffered = new BufferedInputStream(tracked, BUFFER_BYTES);
    buffered.mark(2);
    byte[] magic = buffered.readNBytes(2);
    buffered.reset();
    boolean gzip = magic.length == 2 && magic[0] == 0x1F && (magic[1] & 0xFF) == 0x8B;
    return gzip || source.endsWith(GZIP_ENDING) ? new Gzip(buffered, tracked) : buffered;
  }

  /** Removes the ending of compressed files from a path. */
  public static String withoutEnding(String path) {
    return path.endsWith(GZIP_ENDING)
        ? path.substring(0, path.length() - GZIP_ENDING.length())
        : path;
  }

  /** Turns the decompressor's exceptions into {@link ReadException}s with a reason. */
  private static final class Gzip extends BlockInputStream {

    private final InputStream compressed;
    private final TrackedInputStream tracked;
    private @Nullable GzipCompressorInputStream decompressor;
    private @Nullable IOException truncation;

    Gzip(InputStream compressed, TrackedInputStream tracked) {
      this.compressed = compressed;
      this.tracked = tracked;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (truncation != null) {
        throw truncation;
      }
      long before = 0;
      try {
        GzipCompressorInputStream opened = decompressor;
        if (opened == null) {
          opened =
              GzipCompressorInputStream.builder()
                  .setInputStream(compressed)
                  .setDecompressConcatenated(true)
                  .get();
        }
        decompressor = opened;
        before = opened.getBytesRead();
        return opened.read(bytes, offset, length);
      } catch (EOFException e) {
        IOException explained = explain(ReadFailure.TRUNCATED, "the gzip file ends too early", e);
        truncation = explained;
        // The bytes decompressed before the end are in the buffer, and valid.
        long read = decompressor == null ? 0 : decompressor.getBytesRead() - before;
        if (read > 0) {
          return (int) read;
        }
        throw explained;
      } catch (IOException e) {
        throw explain(ReadFailure.BAD_GZIP, "not a valid gzip file: " + e.getMessage(), e);
      }
    }

    private IOException explain(ReadFailure reason, String message, IOException cause) {
      return tracked.failureOr(new ReadException(reason, message, cause));
    }

    @Override
    public void close() throws IOException {
      // Each closes what it reads from; the decompressor has memory beyond the heap, too.
      InputStream outermost = decompressor == null ? compressed : decompressor;
      outermost.close();
    }
  }
}
