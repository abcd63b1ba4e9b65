package org.irisgraph.document.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.irisgraph.document.SourceFile;
import org.junit.jupiter.api.Test;

class ArchiveEntriesTest {

  private static final int MAX_BYTES = 10_000;

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

  @Test
  void stopsAtABomb() throws IOException {
    read("x.zip", zipOfZeros(101_000_000));
    assertThat(collected.documents.size(), is(0));
    assertThat(
        collected.unreadable.get(collected.unreadable.size() - 1).message(),
        containsString("more than 200 times its size"));
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

  private byte[] tar() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
        entry.setSize(file.getValue().length);
        tar.putArchiveEntry(entry);
        tar.write(file.getValue());
        tar.closeArchiveEntry();
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
    SourceReader reader =
        new SourceReader(source -> new ByteArrayInputStream(content), InputFormat.AUTO, MAX_BYTES);
    List<SourceChunk> chunks = new ArrayList<>();
    reader.split(SourceFile.matched("/*", "/" + name, 0), chunks::add, collected);
    chunks.forEach(chunk -> reader.read(chunk, collected));
  }
}
