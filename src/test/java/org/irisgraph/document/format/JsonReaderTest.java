package org.irisgraph.document.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import org.irisgraph.document.ReadFailure;
import org.irisgraph.document.SourceFile;
import org.irisgraph.graph.Document;
import org.irisgraph.graph.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {

  private static final int MAX_BYTES = 1000;

  private final Collected collected = new Collected();

  @Test
  void readsTheObjectsOfAnArray() {
    read(
        """
        [
          {
            "id": "a",
            "text": "gout, [x] {y"
          },
          {"id":2,"text":"flu"}
        ]
        """);
    assertThat(collected.ids(), contains("a", "2"));
    assertThat(collected.documents.get(0).text(), is("gout, [x] {y"));
    assertThat(collected.documents.get(1).origin().position(), is(2L));
    assertThat(collected.unreadable, is(empty()));
  }

  @Test
  void readsAnObjectOverSeveralLines() {
    read(
        """
        {
          "id": "a",
          "title": "T",
          "text": "gout",
          "metadata": {
            "n": [1, 2]
          }
        }
        """);
    assertThat(collected.document().text(), is("T\n\ngout"));
    assertThat(collected.document().metadata().get("n"), is(List.of(1, 2)));
  }

  @Test
  void readsObjectsOneAfterTheOther() {
    read("{\n\"text\": \"gout\"\n}\n{\n\"text\": \"flu\"\n}{\"text\":\"mumps\"}");
    assertThat(collected.ids(), contains("a.json#1", "a.json#2", "a.json#3"));
  }

  @Test
  void readsJsonLinesUnderTheNameOfJson() {
    List<SourceChunk> chunks = read("{\"id\":2,\"text\":\"flu\"}\n{\"id\":1,\"text\":\"gout\n");
    assertThat(chunks.get(0).format(), is(InputFormat.JSONL));
    assertThat(collected.ids(), contains("2"));
    assertThat(collected.codes(), contains("BAD_JSON"));
  }

  @Test
  void namesOnlyTheElementThatIsNoDocument() {
    read(
        "[{\"id\":1,\"text\":\"gout\"}, {\"id\": 2, \"text\": 3}, 4, \"five\", {\"id\": 6,"
            + " \"text\": flu}, {\"id\":7,\"text\":\"flu\"}]");
    assertThat(collected.ids(), contains("1", "7"));
    assertThat(collected.codes(), contains("BAD_FIELD", "BAD_JSON", "BAD_JSON", "BAD_JSON"));
    assertThat(collected.unreadable.get(1).message(), is("document 3: not a JSON object"));
  }

  @Test
  void namesTheArrayThatSeemsToHoldTheDocuments() {
    read("{\n  \"count\": 1,\n  \"data\": [\n    {\"text\": \"gout\"}\n  ]\n}");
    assertThat(collected.failure().code(), is("BAD_FIELD"));
    assertThat(collected.failure().message(), containsString("jq '.[\"data\"]'"));
  }

  @Test
  void namesAnElementThatIsTooLargeAndReadsOn() {
    read("[{\"text\":\"" + "x".repeat(MAX_BYTES) + "\"},{\"id\":2,\"text\":\"flu\"}]");
    assertThat(collected.ids(), contains("2"));
    assertThat(collected.codes(), contains("TOO_LARGE"));
  }

  @Test
  void namesAnArrayThatEndsTooEarly() {
    read("[{\"id\":1,\"text\":\"gout\"},{\"id\":2,\"te");
    assertThat(collected.ids(), contains("1"));
    assertThat(collected.codes(), contains("UNCLOSED_ARRAY", "BAD_JSON"));
    assertThat(
        collected.unreadable.get(0).message(),
        containsString("document 3: the file ends before the array does"));
  }

  @Test
  void namesAMissingQuoteAndThatTheRestOfTheArrayWasNotRead() {
    read(
        "[{\"id\":1,\"text\":\"gout\"},{\"id\":2,\"text\":\"flu},{\"id\":3,\"text\":\"mumps\"},"
            + "{\"id\":4,\"text\":\"rabies\"}]");
    assertThat(collected.ids(), contains("1"));
    assertThat(collected.codes(), contains("UNCLOSED_ARRAY", "BAD_JSON"));
    assertThat(
        collected.unreadable.get(0).message(),
        containsString("the elements after that place were not read"));
  }

  /** Since a value that lacks a quote may have swallowed those behind it. */
  @Test
  void readsNoElementIndependentlyOfTheOthers() {
    SourceReader reader = new SourceReader(source -> null, InputFormat.AUTO, MAX_BYTES);
    assertThat(reader.readsPositionsIndependently("/x.zip!/a.json.gz"), is(false));
    assertThat(reader.readsPositionsIndependently("/x.zip!/a.jsonl.gz"), is(true));
    Failure swallowing = ReadFailure.BAD_JSON.because("x");
    assertThat(ReadFailure.breaksOff(swallowing, 2, false), is(true));
    assertThat(ReadFailure.breaksOff(swallowing, 2, true), is(false));
    assertThat(ReadFailure.breaksOff(ReadFailure.UNCLOSED_ARRAY.because("x"), 2, true), is(true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r", "\r\n"})
  void keepsALineBreakThatAStringShouldNotHave(String lineBreak) {
    read("[{\"text\":\"gout" + lineBreak + "hurts\"},{\"text\":\"a\\" + lineBreak + "\"}]");
    assertThat(
        collected.documents.stream().map(Document::text).toList(),
        contains("gout" + lineBreak + "hurts", "a" + lineBreak));
  }

  @Test
  void spreadsALongArray() {
    StringBuilder array = new StringBuilder("[");
    for (int i = 1; i <= 200; i++) {
      array.append(i == 1 ? "" : ",").append("{\"id\":").append(i).append(",\"text\":\"gout\"}");
    }
    List<SourceChunk> chunks = read(array + "]");
    assertThat(chunks, hasSize(4));
    assertThat(
        collected.documents.stream().map(Document::id).map(Long::valueOf).toList(),
        is(collected.documents.stream().map(found -> found.origin().position()).toList()));
  }

  private List<SourceChunk> read(String json) {
    SourceReader reader =
        new SourceReader(
            source -> new ByteArrayInputStream(json.getBytes(UTF_8)), InputFormat.AUTO, MAX_BYTES);
    List<SourceChunk> chunks = new ArrayList<>();
    reader.split(new SourceFile("/a.json", "a.json", 0), chunks::add, collected);
    chunks.forEach(chunk -> reader.read(chunk, collected));
    return chunks;
  }
}
