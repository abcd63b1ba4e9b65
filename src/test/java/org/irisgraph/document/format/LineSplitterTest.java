package org.irisgraph.document.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.List;
import org.irisgraph.document.SourcePart;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class LineSplitterTest {

  private final List<SourcePart> parts = new ArrayList<>();
  private final List<String> runs = new ArrayList<>();
  private final Collected failures = new Collected();

  @Test
  void takesAnyEndOfLineAndNoneAtTheEnd() {
    split("a\r\n\nb\nc", 100);
    assertThat(runs, contains("a\n\nb\nc\n"));
    assertThat(parts.get(0), is(new SourcePart("/corpus/file", "file", 42, 1, 100)));
  }

  @Test
  void deliversNothingOfAnEmptyFile() {
    split("", 100);
    assertThat(runs, is(empty()));
    assertThat(failures.unreadable, is(empty()));
  }

  @Test
  void cutsAfterSixtyFourLines() {
    split("x\n".repeat(150), 100);
    assertThat(firstLines(), contains(1L, 65L, 129L));
    assertThat(String.join("", runs), is("x\n".repeat(150)));
  }

  @Test
  void cutsBeforeARunIsTooLarge() {
    split(("x".repeat(9_999) + "\n").repeat(20), 100_000);
    assertThat(firstLines(), contains(1L, 7L, 13L, 19L));
    assertThat(
        runs.stream().map(String::length).toList(),
        everyItem(lessThanOrEqualTo(LineBatcher.RUN_BYTES)));
  }

  @Test
  void givesALargeLineARunOfItsOwn() {
    String large = "x".repeat(200_000);
    split("a\n" + large + "\nb\n", 1_000_000);
    assertThat(runs, contains("a\n", large + "\n", "b\n"));
    assertThat(firstLines(), contains(1L, 2L, 3L));
  }

  @Test
  void passesOverALineThatIsTooLongAndReadsOn() {
    split("ok\n" + "x".repeat(11) + "\n" + "y".repeat(10) + "\r\nend", 10);
    assertThat(runs, contains("ok\n", "yyyyyyyyyy\nend\n"));
    assertThat(firstLines(), contains(1L, 3L));
    assertThat(failures.codes(), contains("TOO_LARGE"));
    assertThat(failures.unreadable.get(0).position(), is(2L));
    assertThat(
        failures.unreadable.get(0).message(),
        is("line 2: larger than 10 bytes; raise the option maxDocumentBytes to read it"));
  }

  @Test
  @Tag("slow")
  void holdsNoLineThatIsTooLong() {
    long twiceTheHeap = 2 * Runtime.getRuntime().maxMemory();
    long times = Math.min(twiceTheHeap, 3L << 30) / (1 << 20);
    InputStream content =
        new SequenceInputStream(new RepeatedInput(new byte[1 << 20], times), bytes("\nafter\n"));
    split(content, 1000);
    assertThat(runs, contains("after\n"));
    assertThat(failures.codes(), contains("TOO_LARGE"));
  }

  @Test
  void deliversTheWholeLinesBeforeAFailureAndNamesItsLine() {
    InputStream broken =
        new BrokenInput("one\ntwo\nthr".getBytes(UTF_8), new IOException("disk gone"));
    split(broken, 100);
    assertThat(runs, contains("one\ntwo\n"));
    assertThat(failures.codes(), contains("READ_ERROR"));
    assertThat(
        failures.unreadable.get(0).message(),
        is("line 3: reading broke off: java.io.IOException: disk gone"));
  }

  @Test
  void runsReadBackAsTheSameDocumentsAsTheFile() {
    StringBuilder file = new StringBuilder();
    for (int i = 1; i <= 1000; i++) {
      file.append(
          i % 7 == 0 ? "\n" : "{\"id\":\"d" + i + "\",\"text\":\"" + "x".repeat(i) + "\"}\n");
    }
    JsonLinesReader reader = new JsonLinesReader();
    Collected whole = Collected.read(reader, bytes(file.toString()), 2000);
    split(file.toString(), 2000);
    Collected inParts = new Collected();
    for (int i = 0; i < parts.size(); i++) {
      reader.read(parts.get(i), bytes(runs.get(i)), inParts);
    }
    assertThat(inParts.documents, hasSize(858));
    assertThat(inParts.documents, is(whole.documents));
  }

  private List<Long> firstLines() {
    return parts.stream().map(SourcePart::firstLine).toList();
  }

  private void split(String content, int maxBytes) {
    split(bytes(content), maxBytes);
  }

  private void split(InputStream content, int maxBytes) {
    LineSplitter.split(
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
