package org.irisgraph.document.format;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.ArchiveEntry;
import org.apache.commons.compress.archivers.ArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;
import org.irisgraph.document.GlobPath;
import org.irisgraph.document.ReadException;
import org.irisgraph.document.ReadFailure;
import org.irisgraph.document.SourceFile;
import org.irisgraph.document.TrackedInputStream;

/**
 * Reads the files of a ZIP or TAR archive one after the other, in bounded memory. Each is a source
 * of its own, named {@code archive!/path}. Hidden files, folders and links are left out, as in
 * folders.
 */
final class ArchiveEntries {

  /** Deflate gains a factor of 1,030 at most, texts gain 10. */
  private static final long MAX_GAIN = 200;

  /** Up to here any gain is allowed. */
  private static final long SMALL_BYTES = 100_000_000;

  private static final int MAX_ENTRIES = 1_000_000;

  /** What tar puts before the names of {@code tar cf x.tar .}. */
  private static final Pattern DETOURS = Pattern.compile("^(?:\\.?/)+");

  private static final String MAC_FOLDER = "__MACOSX";

  private static final byte[] ZIP = {'P', 'K'};

  private ArchiveEntries() {}

  /** Takes the files of an archive. */
  @FunctionalInterface
  interface Visitor {

    /**
     * Takes a file.
     *
     * @param content to be read, but not closed
     */
    void file(SourceFile file, InputStream content) throws IOException;
  }

  /**
   * Reads an archive to its end.
   *
   * @throws ReadException if it is damaged, encrypted or far larger than its size
   */
  static void read(BufferedInputStream content, SourceFile archive, Visitor visitor)
      throws IOException {
    TrackedInputStream stored = new TrackedInputStream(content);
    content.mark(ZIP.length);
    boolean zip = content.read() == ZIP[0] && content.read() == ZIP[1];
    content.reset();
    try {
      if (zip) {
        read(new ZipArchiveInputStream(stored, "UTF-8", true, true), stored, archive, visitor);
      } else {
        read(new TarArchiveInputStream(stored), stored, archive, visitor);
      }
    } catch (ReadException e) {
      throw e;
    } catch (IOException | IllegalArgumentException e) {
      IOException failure = stored.failure();
      throw failure != null
          ? failure
          : new ReadException(
              ReadFailure.BAD_ARCHIVE,
              "the archive is damaged or ends too early: " + e.getMessage(),
              e);
    }
  }

  private static void read(
      ArchiveInputStream<?> entries, TrackedInputStream stored, SourceFile archive, Visitor visitor)
      throws IOException {
    long total = 0;
    int count = 0;
    for (ArchiveEntry entry = entries.getNextEntry();
        entry != null;
        entry = entries.getNextEntry()) {
      if (++count > MAX_ENTRIES) {
        throw bomb("more than " + MAX_ENTRIES + " files");
      }
      String name = DETOURS.matcher(entry.getName()).replaceFirst("");
      if (entry.isDirectory() || isLeftOut(name)) {
        continue;
      }
      if (!entries.canReadEntryData(entry)) {
        throw new ReadException(
            ReadFailure.ENCRYPTED,
            "%s is encrypted or compressed in an unusual way: unpack the archive".formatted(name));
      }
      Guarded guarded = new Guarded(entries, stored, total);
      visitor.file(
          new SourceFile(
              archive.source() + SourceFile.INSIDE + name,
              archive.path() + SourceFile.INSIDE + name,
              archive.modifiedMillis()),
          guarded);
      total = guarded.total;
    }
    if (count == 0) {
      throw new ReadException(ReadFailure.BAD_ARCHIVE, "the archive has no files, or is none");
    }
  }

  private static boolean isLeftOut(String name) {
    return name.startsWith(MAC_FOLDER)
        || GlobPath.isHidden("", name, InputFormat.ofName(name).isPresent());
  }

  private static ReadException bomb(String what) {
    return new ReadException(
        ReadFailure.ZIP_BOMB, "the archive expands to " + what + ": unpack it to read it");
  }

  /** Counts what is unpacked, and leaves the archive open. */
  private static final class Guarded extends InputStream {

    private final InputStream unpacked;
    private final TrackedInputStream stored;
    private long total;

    Guarded(InputStream unpacked, TrackedInputStream stored, long total) {
      this.unpacked = unpacked;
      this.stored = stored;
      this.total = total;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = unpacked.read(bytes, offset, length);
      total += Math.max(0, read);
      if (total > SMALL_BYTES && total / MAX_GAIN > stored.count()) {
        throw bomb("more than " + MAX_GAIN + " times its size");
      }
      return read;
    }
  }
}
