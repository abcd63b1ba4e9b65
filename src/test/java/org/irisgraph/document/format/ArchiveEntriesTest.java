package org.irisgraph.document.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.irisgraph.document.SourceFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveEntriesTest {

  private static final int MAX_BYTES = 10_000;

  /** The place of the general purpose flags in the header of a ZIP's first file. */
  private static final int ZIP_FLAGS = 6;

  private static final byte ENCRYPTED = 1;

  private final Collected collected = new Collected();
  private final Map<String, byte[]> files = new LinkedHashMap<>();

  @Test
  void readsTheFilesOfAZip() throws IOException {
    put("a.txt", "gout");
    put("sub/b.jsonl", "{\"id\":\"b\",\"text\":\"flu\"}\n");
    put("sub/c.html", "<p>mumps");
    put("d", "rabies");
    read("x.zip", zip());
    assertThat(
        collected.ids(), containsInAnyOrder("x.zip!/a.txt", "b", "x.zip!/sub/c.html", "x.zip!/d"));
    assertThat(
        collected.documents.stream().map(document -> document.origin().source()).toList(),
        containsInAnyOrder(
            "/x.zip!/a.txt", "/x.zip!/sub/b.jsonl", "/x.zip!/sub/c.html", "/x.zip!/d"));
    assertThat(collected.codes(), is(List.of()));
  }

  @Test
  void readsTarWithAndWithoutCompression() throws IOException {
    put("a.txt", "gout");
    put("sub/b.md", "# flu\n\nx");
    byte[] tar = tar();
    read("x.tar", tar);
    read("y.tgz", gzip(tar));
    read("z.tar.gz", gzip(tar));
    read("nameless", tar);
    assertThat(
        collected.ids(),
        contains(
            "x.tar!/a.txt",
            "x.tar!/sub/b.md",
            "y.tgz!/a.txt",
            "y.tgz!/sub/b.md",
            "z.tar!/a.txt",
            "z.tar!/sub/b.md",
            "nameless!/a.txt",
            "nameless!/sub/b.md"));
  }

  @Test
  void readsTheNamesThatTarWritesForTheFolderItself() throws IOException {
    put("./a.txt", "gout");
    put("./sub/b.txt", "flu");
    put("./.git/c.txt", "x");
    read("x.tar", tar());
    assertThat(collected.ids(), contains("x.tar!/a.txt", "x.tar!/sub/b.txt"));
  }

  @Test
  void leavesHiddenFilesOut() throws IOException {
    put(".git/config", "x");
    put("__MACOSX/._a.txt", "x");
    put("a.txt", "gout");
    read("x.zip", zip());
    assertThat(collected.document().text(), is("gout"));
  }

  @Test
  void namesEachFileThatCannotBeReadAndReadsTheOthers() throws IOException {
    put("empty.txt", "");
    put("large.txt", "x".repeat(MAX_BYTES + 1));
    put("inner.zip", "PK\u0003\u0004");
    put("photo", "\u0001\u0000");
    put("a.txt", "gout");
    read("x.zip", zip());
    assertThat(collected.ids(), contains("x.zip!/a.txt"));
    assertThat(
        collected.codes(), contains("BLANK_TEXT", "TOO_LARGE", "UNKNOWN_FORMAT", "UNKNOWN_FORMAT"));
    assertThat(collected.unreadable.get(0).origin().source(), is("/x.zip!/empty.txt"));
  }

  @Test
  void namesADamagedArchiveAfterTheFilesBefore() throws IOException {
    put("a.txt", "gout");
    byte[] incompressible = new byte[3000];
    new Random(1).nextBytes(incompressible);
    files.put("b.txt", incompressible);
    byte[] zip = zip();
    read("x.zip", Arrays.copyOf(zip, zip.length / 2));
    assertThat(collected.ids(), contains("x.zip!/a.txt"));
    assertThat(collected.codes(), contains("BAD_ARCHIVE"));
    collected.unreadable.clear();
    read("y.zip", "no archive at all".getBytes(UTF_8));
    assertThat(collected.codes(), contains("BAD_ARCHIVE"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x.zip", "x.tgz"})
  @Tag("slow")
  void stopsAtABomb(String name) throws IOException {
    files.put(".hidden", new byte[101_000_000]);
    put("a.txt", "gout");
    read(name, name.endsWith(".zip") ? zip() : compressedTar());
    assertThat(collected.failure().code(), is("ZIP_BOMB"));
    assertThat(collected.failure().message(), containsString("more than 200 times its size"));
  }

  @Test
  @Tag("slow")
  void readsNoMoreOfABombThanItHasTo() throws IOException {
    byte[] zip = zipOfZeros(300_000_000);
    ByteArrayInputStream content = new ByteArrayInputStream(zip);
    read("x.zip", content);
    assertThat(
        collected.unreadable.get(collected.unreadable.size() - 1).origin().source(), is("/x.zip"));
    assertThat(collected.codes().get(collected.codes().size() - 1), is("ZIP_BOMB"));
    assertThat(content.available(), greaterThan(zip.length / 4));
  }

  @Test
  void readsATarWhoseFirstNameBeginsAsAZipDoes() throws IOException {
    put("PK\u0003\u0004.txt", "gout");
    read("x.tar", tar());
    assertThat(collected.codes(), contains("BAD_ID"));
    collected.unreadable.clear();
    files.clear();
    put("PKG-INFO", "gout");
    read("y.tar", tar());
    assertThat(collected.ids(), contains("y.tar!/PKG-INFO"));
  }

  @Test
  void leavesOutWhatHasNoContentInATar() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      for (byte kind :
          new byte[] {
            TarConstants.LF_LINK, TarConstants.LF_SYMLINK, TarConstants.LF_FIFO, TarConstants.LF_CHR
          }) {
        tar.putArchiveEntry(new TarArchiveEntry("a" + kind + ".txt", kind));
        tar.closeArchiveEntry();
      }
      put("b.txt", "gout");
      putAll(tar);
    }
    read("x.tar", bytes.toByteArray());
    assertThat(collected.document().id(), is("x.tar!/b.txt"));
  }

  @Test
  void namesAFileByItsNameWithoutTheEndingOfItsCompression() throws IOException {
    files.put("a.txt.gz", gzip("gout".getBytes(UTF_8)));
    read("x.zip", zip());
    assertThat(collected.document().id(), is("x.zip!/a.txt"));
    assertThat(collected.document().origin().source(), is("/x.zip!/a.txt.gz"));
  }

  @Test
  void namesAnEncryptedFileAloneAndReadsTheOthers() throws IOException {
    put("a.txt", "secret");
    put("b.txt", "gout");
    byte[] zip = storedZip();
    zip[ZIP_FLAGS] |= ENCRYPTED;
    read("x.zip", zip);
    assertThat(collected.ids(), contains("x.zip!/b.txt"));
    assertThat(collected.codes(), contains("ENCRYPTED"));
    assertThat(collected.unreadable.get(0).origin().source(), is("/x.zip!/a.txt"));
    assertThat(collected.unreadable.get(0).position(), is(0L));
  }

  /** Its end is not known before it is decrypted. */
  @Test
  void namesTheArchiveIfWhatIsBehindAnEncryptedFileCannotBeFound() throws IOException {
    put("a.txt", "secret");
    put("b.txt", "gout");
    byte[] zip = zip();
    zip[ZIP_FLAGS] |= ENCRYPTED;
    read("x.zip", zip);
    assertThat(collected.codes(), contains("ENCRYPTED", "ENCRYPTED"));
    assertThat(collected.unreadable.get(1).origin().source(), is("/x.zip"));
    assertThat(collected.unreadable.get(1).message(), containsString("unpack the archive"));
  }

  @Test
  void namesADamagedFileWithinAnArchiveAloneAndReadsTheOthers() throws IOException {
    byte[] gzip = gzip("gout".getBytes(UTF_8));
    files.put("a.txt.gz", Arrays.copyOf(gzip, gzip.length - 9));
    put("b.txt", "gout");
    read("x.zip", zip());
    assertThat(collected.ids(), contains("x.zip!/b.txt"));
    assertThat(collected.codes(), contains("TRUNCATED"));
  }

  @Test
  void leavesTheErrorsOfItsConsumerAsTheyAre() throws IOException {
    put("a.txt", "gout");
    byte[] zip = zip();
    IllegalArgumentException error = new IllegalArgumentException("of the consumer");
    SourceReader reader = reader(() -> new ByteArrayInputStream(zip));
    assertThat(
        assertThrows(
            IllegalArgumentException.class,
            () ->
                reader.split(
                    SourceFile.matched("/*", null, "/x.zip", 0),
                    chunk -> {
                      throw error;
                    },
                    collected)),
        is(error));
    assertThat(collected.codes(), is(List.of()));
  }

  private void put(String name, String content) {
    files.put(name, content.getBytes(UTF_8));
  }

  private byte[] zip() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue());
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  /** Written in parts: the archive has a thousandth of their size. */
  private static byte[] zipOfZeros(long size) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("a.jsonl"));
      byte[] part = new byte[1_000_000];
      for (long written = 0; written < size; written += part.length) {
        zip.write(part);
      }
    }
    return bytes.toByteArray();
  }

  /** Compressed while it is written, since it may be large. */
  private byte[] compressedTar() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
      putAll(tar);
    }
    return bytes.toByteArray();
  }

  private byte[] tar() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      putAll(tar);
    }
    return bytes.toByteArray();
  }

  private void putAll(TarArchiveOutputStream tar) throws IOException {
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
      entry.setSize(file.getValue().length);
      tar.putArchiveEntry(entry);
      tar.write(file.getValue());
      tar.closeArchiveEntry();
    }
  }

  /** With the sizes before the content. */
  private byte[] storedZip() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        ZipEntry entry = new ZipEntry(file.getKey());
        CRC32 checksum = new CRC32();
        checksum.update(file.getValue());
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(file.getValue().length);
        entry.setCrc(checksum.getValue());
        zip.putNextEntry(entry);
        zip.write(file.getValue());
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    }
    return bytes.toByteArray();
  }

  private void read(String name, byte[] content) {
    read(name, new ByteArrayInputStream(content));
  }

  private void read(String name, InputStream content) {
    SourceReader reader = reader(() -> content);
    List<SourceChunk> chunks = new ArrayList<>();
    reader.split(SourceFile.matched("/*", null, "/" + name, 0), chunks::add, collected);
    chunks.forEach(chunk -> reader.read(chunk, collected));
  }

  private static SourceReader reader(Supplier<InputStream> content) {
    return new SourceReader(source -> content.get(), InputFormat.AUTO, MAX_BYTES);
  }
}
