package org.irisgraph.document.format;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.ArchiveEntry;
import org.apache.commons.compress.archivers.ArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.UnsupportedZipFeatureException;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;
import org.irisgraph.document.BlockInputStream;
import org.irisgraph.document.Decompression;
import org.irisgraph.document.GlobPath;
import org.irisgraph.document.ReadException;
import org.irisgraph.document.ReadFailure;
import org.irisgraph.document.SourceFile;
import org.irisgraph.document.TrackedInputStream;
import org.jspecify.annotations.Nullable;

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

  private final ArchiveInputStream<?> entries;
  private final TrackedInputStream stored;
  private final SourceFile archive;
  private final Visitor visitor;
  private long unpackedBytes;

  private ArchiveEntries(
      ArchiveInputStream<?> entries,
      TrackedInputStream stored,
      SourceFile archive,
      Visitor visitor) {
    this.entries = entries;
    this.stored = stored;
    this.archive = archive;
    this.visitor = visitor;
  }

  /** Takes the files of an archive. */
  interface Visitor {

    /**
     * Takes a file.
     *
     * @param content whose {@linkplain TrackedInputStream#failure failure} is one of the archive
     */
    void file(SourceFile file, TrackedInputStream content) throws IOException;

    /** Takes the reason why a file cannot be read, unlike those behind it. */
    void unreadable(SourceFile file, ReadException reason);
  }

  /**
   * Reads an archive to its end.
   *
   * @param content the archive, without the compression around it; closed here
   * @param stored the bytes of the file, which {@code content} reads from
   * @throws ReadException if it is damaged or far larger than its size
   */
  static void read(
      BufferedInputStream content, TrackedInputStream stored, SourceFile archive, Visitor visitor)
      throws IOException {
    byte[] beginning = FormatSniffer.beginning(content);
    // The name of the first file in a TAR may begin as a ZIP does.
    boolean zip =
        !FormatSniffer.isTar(beginning)
            && ZipArchiveInputStream.matches(beginning, beginning.length);
    try (ArchiveInputStream<?> entries =
        zip
            ? new ZipArchiveInputStream(content, "UTF-8", true, true)
            : new TarArchiveInputStream(content)) {
      new ArchiveEntries(entries, stored, archive, visitor).read();
    }
  }

  private void read() throws IOException {
    int count = 0;
    for (ArchiveEntry entry = next(); entry != null; entry = next()) {
      if (++count > MAX_ENTRIES) {
        throw bomb("more than " + MAX_ENTRIES + " files");
      }
      TrackedInputStream content = new TrackedInputStream(new Unpacked());
      boolean readable = entries.canReadEntryData(entry);
      String name = DETOURS.matcher(entry.getName()).replaceFirst("");
      if (!isLeftOut(entry, name)) {
        SourceFile file =
            new SourceFile(
                archive.source() + SourceFile.INSIDE + name,
                archive.path() + SourceFile.INSIDE + Decompression.withoutEnding(name),
                archive.modifiedMillis());
        if (readable) {
          visitor.file(file, content);
        } else {
          visitor.unreadable(file, locked(entry));
        }
      }
      IOException failure = content.failure();
      if (failure != null) {
        // Readers of lines report a failure with its line, and do not throw it.
        throw failure;
      }
      if (readable) {
        // So that what is not read is counted, too.
        content.transferTo(OutputStream.nullOutputStream());
      }
    }
    if (count == 0) {
      throw new ReadException(ReadFailure.BAD_ARCHIVE, "the archive has no files, or is none");
    }
  }

  private @Nullable ArchiveEntry next() throws IOException {
    try {
      return entries.getNextEntry();
    } catch (IOException | RuntimeException e) {
      throw explain(e);
    }
  }

  /** Why the archive cannot be read further. */
  private IOException explain(Exception thrown) {
    return stored.failureOr(described(thrown));
  }

  private static IOException described(Exception thrown) {
    if (thrown instanceof ReadException known) {
      return known;
    }
    return thrown instanceof UnsupportedZipFeatureException
        ? new ReadException(
            ReadFailure.ENCRYPTED,
            "the files behind one that is encrypted cannot be found: unpack the archive",
            thrown)
        : new ReadException(
            ReadFailure.BAD_ARCHIVE,
            "the archive is damaged or ends too early: " + thrown.getMessage(),
            thrown);
  }

  private static ReadException locked(ArchiveEntry entry) {
    return entry instanceof ZipArchiveEntry zip && zip.getGeneralPurposeBit().usesEncryption()
        ? new ReadException(
            ReadFailure.ENCRYPTED, "the file is encrypted: unpack it with its password")
        : new ReadException(
            ReadFailure.UNKNOWN_FORMAT,
            "the file is compressed by a method that only a whole archive can be read with: unpack"
                + " the archive");
  }

  private static boolean isLeftOut(ArchiveEntry entry, String name) {
    return entry.isDirectory()
        || (entry instanceof TarArchiveEntry tar && hasNoContent(tar))
        || name.startsWith(MAC_FOLDER)
        || GlobPath.isHidden("", name, InputFormat.ofName(name).isPresent());
  }

  /** A link leads to another file of the archive, which is read, or out of it. */
  private static boolean hasNoContent(TarArchiveEntry tar) {
    return tar.isLink()
        || tar.isSymbolicLink()
        || tar.isFIFO()
        || tar.isCharacterDevice()
        || tar.isBlockDevice();
  }

  private static ReadException bomb(String what) {
    return new ReadException(
        ReadFailure.ZIP_BOMB, "the archive expands to " + what + ": unpack it to read it");
  }

  /** The content of the current file: counts what is unpacked, and leaves the archive open. */
  private final class Unpacked extends BlockInputStream {

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read;
      try {
        read = entries.read(bytes, offset, length);
      } catch (IOException | RuntimeException e) {
        throw explain(e);
      }
      unpackedBytes += Math.max(0, read);
      if (unpackedBytes > SMALL_BYTES && unpackedBytes / MAX_GAIN > stored.count()) {
        throw bomb("more than " + MAX_GAIN + " times its size");
      }
      return read;
    }
  }
}
