package org.irisgraph.document.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.irisgraph.document.SourcePart;
import org.irisgraph.graph.Document;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class CsvSplitTest {

  private final CsvReader reader = new CsvReader(CsvLayout.DEFAULT);
  private final List<SourcePart> parts = new ArrayList<>();
  private final List<String> runs = new ArrayList<>();
  private final Collected failures = new Collected();

  @Test
  void cutsAfterRecordsAndRepeatsTheHeader() {
    split("id,text\n" + "a,\"x\ny\"\r\n".repeat(150), 1000);
    assertThat(firstRecords(), contains(1L, 65L, 129L));
    assertThat(runs, everyItem(startsWith("id,text\na,\"x\ny\"\n")));
    assertThat(failures.unreadable, is(empty()));
  }

  @Test
  void cutsBeforeARunIsTooLarge() {
    split("id,text\n" + ("a," + "x".repeat(9_997) + "\n").repeat(20), 100_000);
    assertThat(firstRecords(), contains(1L, 7L, 13L, 19L));
  }

  @Test
  void numbersRecordsAcrossThoseThatAreBroken() {
    split("id,text\na,x\n" + "b".repeat(70_000) + ",w\nc,z\nd,\"y\ne,v\nf", 100);
    assertThat(runs, contains("id,text\na,x\n", "id,text\nc,z\n", "id,text\ne,v\nf\n"));
    assertThat(firstRecords(), contains(1L, 3L, 5L));
    assertThat(failures.codes(), contains("TOO_LARGE", "BAD_QUOTES"));
  }

  @Test
  void partsReadBackAsTheSameDocumentsAsTheFile() {
    Random random = new Random(7);
    String[] pieces = {"a", "b", ",", "\"", "\"\"", "\n", "\r\n", "\r", " ", "x,\"", "\"\n", "é"};
    for (int round = 0; round < 3000; round++) {
      StringBuilder file = new StringBuilder("id,text,n\n");
      int length = random.nextInt(60);
      for (int i = 0; i < length; i++) {
        file.append(pieces[random.nextInt(pieces.length)]);
      }
      readsTheSameInParts(file.toString(), 20);
    }
    StringBuilder large = new StringBuilder("id,text,n\n");
    for (int i = 0; i < 5000; i++) {
      large.append(i % 7 == 0 ? "\n,,\n" : i + ",\"" + "x\n".repeat(i % 90) + "\",n\n");
    }
    assertThat(readsTheSameInParts(large.toString(), 1000), hasSize(4285 - 48));
  }

  @Tag("slow")
  @Test
  void holdsNoRecordThatIsTooLong() {
    long heap = Runtime.getRuntime().maxMemory();
    long times = Math.min(heap + heap / 16, 3L << 30) / (1 << 20);
    split(
        new SequenceInputStream(
            new SequenceInputStream(
                bytes("id,text\na,\"x\n"), new RepeatedInput(new byte[1 << 20], times)),
            bytes("\"\nb,after\n")),
        1000);
    assertThat(runs, contains("id,text\nb,after\n"));
    assertThat(failures.codes(), contains("TOO_LARGE"));
  }

  @Test
  @Tag("slow")
  void readsAHundredThousandRecords() {
    StringBuilder file = new StringBuilder("id,text\n");
    for (int i = 1; i <= 100_000; i++) {
      file.append(i).append(",\"Insulin, in\nmice ").append(i).append("\"\n");
    }
    List<Document> documents =
        assertTimeout(
            Duration.ofSeconds(30), () -> readInParts(bytes(file.toString()), 1000).documents);
    assertThat(documents, hasSize(100_000));
    assertThat(documents.get(99_999).text(), is("Insulin, in\nmice 100000"));
    assertThat(documents.get(99_999).origin().position(), is(100_000L));
  }

  @Test
  void takesNoLongerWhereEachLineOpensAQuoteThatTheNextOneTakesOn() {
    String file = "id,text\n" + "x\",\"y\n".repeat(3_000_000);
    Collected read =
        assertTimeout(Duration.ofSeconds(60), () -> readInParts(bytes(file), 10_000_000));
    assertThat(read.documents, is(empty()));
    assertThat(read.codes(), hasSize(lessThan(5)));
  }

  @Test
  void deliversTheRecordsBeforeAFailureAndNamesTheirNumber() {
    InputStream broken =
        new BrokenInput("id,text\na,x\nb,\"y".getBytes(UTF_8), new IOException("disk gone"));
    split(broken, 100);
    assertThat(runs, contains("id,text\na,x\n"));
    assertThat(failures.codes(), contains("READ_ERROR"));
    assertThat(
        failures.unreadable.get(0).message(),
        is("record 2: reading broke off: java.io.IOException: disk gone"));
  }

  private List<Document> readsTheSameInParts(String file, int maxBytes) {
    Collected whole = Collected.read(reader, bytes(file), maxBytes);
    Collected inParts = readInParts(bytes(file), maxBytes);
    assertThat(file, inParts.documents, is(whole.documents));
    List<Collected.Unreadable> unreadable = new ArrayList<>(inParts.unreadable);
    unreadable.sort((a, b) -> Long.compare(a.position(), b.position()));
    assertThat(file, unreadable, is(whole.unreadable));
    return whole.documents;
  }

  private Collected readInParts(InputStream content, int maxBytes) {
    Collected read = new Collected();
    reader
        .splitter()
        .orElseThrow()
        .split(
            content,
            Collected.part(maxBytes),
            (part, lines) -> reader.read(part, new ByteArrayInputStream(lines), read),
            read);
    return read;
  }

  private List<Long> firstRecords() {
    return parts.stream().map(SourcePart::firstLine).toList();
  }

  private void split(String content, int maxBytes) {
    split(bytes(content), maxBytes);
  }

  private void split(InputStream content, int maxBytes) {
    reader
        .splitter()
        .orElseThrow()
        .split(
            content,
            Collected.part(maxBytes),
            (part, lines) -> {
              parts.add(part);
              runs.add(new String(lines, UTF_8));
            },
            failures);
  }

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }
}
