package org.irisgraph.document.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.irisgraph.document.SourceFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceReaderTest {

  private static final String XML = "<article><body><p>words</p></body></article>";

  @TempDir Path folder;

  private final Collected collected = new Collected();

  @Test
  void cutsALineBasedFileAndReadsItsLines() {
    List<SourceChunk> chunks = read(InputFormat.AUTO, "a.jsonl", lines(130).getBytes(UTF_8));
    assertThat(chunks, hasSize(3));
    assertThat(collected.documents, hasSize(130));
    assertThat(collected.documents.get(129).origin().position(), is(130L));
    assertThat(collected.unreadable, is(empty()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.jsonl", "a.json", "a.csv", "a.txt", "a.html", "a.pdf", "a"})
  void refusesAnEmptyFileOfAnyFormat(String name) {
    read(InputFormat.AUTO, name, new byte[0]);
    assertThat(collected.documents, is(empty()));
    assertThat(collected.codes(), contains(name.equals("a.csv") ? "BAD_HEADER" : "BLANK_TEXT"));
  }

  @Test
  void refusesAFileOfBlankLinesAndAnEmptyOneThatIsCompressed() {
    read(InputFormat.AUTO, "a.jsonl", "\n \n".getBytes(UTF_8));
    read(InputFormat.AUTO, "b.jsonl.gz", Collected.gzip(""));
    assertThat(collected.codes(), contains("BLANK_TEXT", "BLANK_TEXT"));
    assertThat(collected.unreadable.get(0).message(), is("the file is empty"));
  }

  @Test
  void takesAnArrayOrATableWithoutRowsAsNoDocument() {
    read(InputFormat.AUTO, "a.json", "[]".getBytes(UTF_8));
    read(InputFormat.AUTO, "a.csv", "id,text\n".getBytes(UTF_8));
    assertThat(collected.documents, is(empty()));
    assertThat(collected.codes(), is(empty()));
  }

  @Test
  void readsOtherFilesAsAWhole() {
    List<SourceChunk> chunks = read(InputFormat.AUTO, "sub/a.xml", XML.getBytes(UTF_8));
    assertThat(chunks, hasSize(1));
    assertThat(chunks.get(0).lines().length, is(0));
    assertThat(collected.ids(), contains("sub/a.xml"));
  }

  @Test
  void findsTheFormatByContentIfTheNameIsSilent() {
    read(InputFormat.AUTO, "a.dat", lines(2).getBytes(UTF_8));
    read(InputFormat.AUTO, "b", XML.getBytes(UTF_8));
    read(InputFormat.AUTO, "c.log", "plain".getBytes(UTF_8));
    assertThat(collected.ids(), contains("d1", "d2", "b", "c.log"));
    assertThat(collected.documents.get(2).text(), is("words"));
  }

  @Test
  void followsTheOptionAgainstTheName() {
    read(InputFormat.TEXT, "a.xml", XML.getBytes(UTF_8));
    assertThat(collected.document().text(), is(XML));
  }

  @Test
  void readsCompressedFilesWithTheirEndingsOutOfTheWay() {
    read(InputFormat.AUTO, "a.jsonl.gz", Collected.gzip(lines(2)));
    read(InputFormat.AUTO, "b.xml.gz", Collected.gzip(XML));
    assertThat(collected.ids(), contains("d1", "d2", "b.xml"));
  }

  @Test
  void deliversTheLinesBeforeTheEndOfATruncatedFile() {
    byte[] gzip = Collected.gzip(lines(20_000));
    read(InputFormat.AUTO, "a.jsonl.gz", Arrays.copyOf(gzip, gzip.length / 2));
    int whole = collected.documents.size();
    assertThat(collected.ids().get(whole - 1), is("d" + whole));
    assertThat(collected.codes(), contains("TRUNCATED"));
    assertThat(collected.unreadable.get(0).position(), is(whole + 1L));
  }

  @Test
  void refusesATruncatedDocument() {
    byte[] gzip = Collected.gzip(XML);
    read(InputFormat.AUTO, "a.xml.gz", Arrays.copyOf(gzip, gzip.length - 9));
    read(InputFormat.AUTO, "b.txt.gz", Arrays.copyOf(gzip, gzip.length - 9));
    assertThat(collected.documents, is(empty()));
    assertThat(collected.codes(), contains("TRUNCATED", "TRUNCATED"));
  }

  @Test
  void refusesABombOfOneDocument() {
    byte[] bomb = Collected.gzip("word ".repeat(4_000_000));
    read(InputFormat.AUTO, "a.txt.gz", bomb);
    read(InputFormat.JATS, "b.xml.gz", Collected.gzip("<article>" + " ".repeat(4_000_000)));
    assertThat(collected.codes(), contains("TOO_LARGE", "TOO_LARGE"));
  }

  @Test
  void namesAFileThatIsNotThere() {
    SourceFile gone = new SourceFile(folder.resolve("gone.txt").toString(), "gone.txt", 0);
    SourceFile goneLines = new SourceFile(folder.resolve("gone.jsonl").toString(), "gone.jsonl", 0);
    read(reader(InputFormat.AUTO), gone);
    read(reader(InputFormat.AUTO), goneLines);
    assertThat(collected.codes(), contains("CANNOT_OPEN", "CANNOT_OPEN"));
    assertThat(
        collected.unreadable.get(0).message(),
        is("the file cannot be opened: there is no such file"));
    assertThat(collected.unreadable.get(0).origin().source(), is(gone.source()));
  }

  @Test
  void namesAFileThatMayNotBeRead() {
    SourceReader denied =
        new SourceReader(
            source -> {
              throw new AccessDeniedException(source);
            },
            InputFormat.AUTO,
            1000);
    read(denied, new SourceFile("/secret.dat", "secret.dat", 0));
    assertThat(collected.failure().message(), containsString("permission denied"));
  }

  @Test
  void namesAFileOfUnknownFormat() {
    read(InputFormat.AUTO, "a.bin", new byte[] {1, 0, 2});
    assertThat(collected.failure().code(), is("UNKNOWN_FORMAT"));
    assertThat(collected.failure().message(), containsString("no reader knows its content"));
  }

  @Test
  void travelsToAnotherMachine() throws IOException, ClassNotFoundException {
    read(InputFormat.AUTO, "a.jsonl", lines(1).getBytes(UTF_8));
    SourceReader copy = copy(reader(InputFormat.AUTO));
    List<SourceChunk> chunks = new ArrayList<>();
    SourceFile file =
        SourceFile.matched(folder + "/*", null, folder.resolve("a.jsonl").toString(), 0);
    copy.split(file, chunks::add, collected);
    assertThat(copy(chunks.get(0)), is(chunks.get(0)));
    assertThat(copy(chunks.get(0)).hashCode(), is(chunks.get(0).hashCode()));
  }

  @Test
  void formatsAreWrittenInLowerCase() throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    List<String> names = new ArrayList<>();
    for (InputFormat format : InputFormat.values()) {
      names.add(mapper.writeValueAsString(format));
    }
    assertThat(
        names,
        containsInAnyOrder(
            "\"auto\"",
            "\"text\"",
            "\"markdown\"",
            "\"html\"",
            "\"jsonl\"",
            "\"json\"",
            "\"tika\"",
            "\"csv\"",
            "\"archive\"",
            "\"jats\""));
  }

  /** Only its name tells this mail from text: the compression's ending would hide it. */
  @Test
  @Tag("slow")
  void readsACompressedMailByItsNameWithoutTheEnding() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write("X-Desk: 7\r\nSubject: On gout\r\n\r\nGout hurts.\r\n".getBytes(UTF_8));
    }
    read(InputFormat.AUTO, "a.eml.gz", bytes.toByteArray());
    assertThat(collected.document().id(), is("a.eml"));
    assertThat(collected.document().text(), is("On gout\n\nGout hurts."));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.txt", "a.txt.gz", "a.jsonl.gz", "a.xml", "a.zip", "a.tgz", "a"})
  void closesWhatItOpensWhateverIsInIt(String name) {
    byte[] gzip = Collected.gzip("text that goes on for a while");
    List<InputStream> opened = new ArrayList<>();
    Set<InputStream> closed = new HashSet<>();
    SourceReader reader =
        new SourceReader(
            source -> {
              InputStream stream =
                  new ByteArrayInputStream(gzip, 0, gzip.length - 9) {
                    @Override
                    public void close() {
                      closed.add(this);
                    }
                  };
              opened.add(stream);
              return stream;
            },
            InputFormat.AUTO,
            1000);
    read(reader, new SourceFile("/" + name, name, 0));
    assertThat(collected.documents, is(empty()));
    assertThat(opened, is(not(empty())));
    assertThat(closed, is(new HashSet<>(opened)));
  }

  @Test
  void refusesALimitOfNothing() {
    assertThrows(IllegalArgumentException.class, () -> new SourceReader(null, InputFormat.AUTO, 0));
  }

  private List<SourceChunk> read(InputFormat format, String name, byte[] content) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.write(file, content);
      return read(reader(format), SourceFile.matched(folder + "/**", null, file.toString(), 7));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private List<SourceChunk> read(SourceReader reader, SourceFile file) {
    List<SourceChunk> chunks = new ArrayList<>();
    reader.split(file, chunks::add, collected);
    chunks.forEach(chunk -> reader.read(chunk, collected));
    return chunks;
  }

  private static SourceReader reader(InputFormat format) {
    return new SourceReader(source -> Files.newInputStream(Path.of(source)), format, 1000);
  }

  private static String lines(int count) {
    StringBuilder lines = new StringBuilder();
    for (int i = 1; i <= count; i++) {
      lines.append("{\"id\":\"d" + i + "\",\"text\":\"words\"}\n");
    }
    return lines.toString();
  }

  @SuppressWarnings("unchecked")
  private static <T> T copy(T value) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(value);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (T) in.readObject();
    }
  }
}
