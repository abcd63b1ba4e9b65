package org.irisgraph.document.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.irisgraph.document.SourcePart;
import org.irisgraph.graph.Document;
import org.irisgraph.graph.Origin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonLinesReaderTest {

  private final JsonLinesReader reader = new JsonLinesReader();

  @Test
  void takesEachLineForADocument() {
    Collected read =
        read(
            """
            {"id": "a", "title": "T", "text": "one", "metadata": {"k": [1, 2.5, null, {"x": true}]}}

            {"text": "two", "id": 7}\r
            {"text": "three"}\
            """);
    assertThat(read.unreadable, is(empty()));
    assertThat(read.ids(), contains("a", "7", "file#4"));
    Document first = read.documents.get(0);
    assertThat(first.origin(), is(new Origin("/corpus/file", 1, 42)));
    assertThat(first.text(), is("T\n\none"));
    assertThat(first.metadata().keySet(), contains("title", "k"));
    assertThat(first.metadata().get("k"), is(Arrays.asList(1, 2.5, null, Map.of("x", true))));
  }

  @Test
  void leavesTheTitleOfTheMetadata() {
    Document document =
        read("{\"title\":\"T\",\"text\":\"x\",\"metadata\":{\"title\":\"other\"}}").document();
    assertThat(document.text(), is("T\n\nx"));
    assertThat(document.metadata(), is(Map.of("title", "other")));
  }

  @Test
  void keepsTheTextAsItIs() {
    assertThat(read("{\"text\":\" a\\n\\tb \"}").document().text(), is(" a\n\tb "));
  }

  @Test
  void takesNullForAbsent() {
    Document document =
        read("{\"id\":null,\"title\":null,\"metadata\":null,\"text\":\"x\"}").document();
    assertThat(
        document, is(new Document("file#1", new Origin("/corpus/file", 1, 42), "x", Map.of())));
  }

  @Test
  void ignoresOtherFields() {
    assertThat(read("{\"more\":{\"id\":[1]},\"text\":\"x\"}").document().id(), is("file#1"));
  }

  @Test
  void countsFromTheFirstLineOfItsPart() {
    Collected collected = new Collected();
    SourcePart part = new SourcePart("/corpus/file", "file", 0, 65, 1000);
    reader.read(part, new ByteArrayInputStream("{\"text\":\"x\"}\n{".getBytes(UTF_8)), collected);
    assertThat(collected.documents.get(0).origin().position(), is(65L));
    assertThat(collected.unreadable.get(0).position(), is(66L));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"text\":\"x\"",
        "{\"text\":\"x\"} x",
        "{\"text\":\"x\"}{}",
        "{\"text\":\"x\",\"text\":\"y\"}",
        "{\"text\":\"x\",\"metadata\":{\"a\":1,\"a\":2}}",
        "[]",
        "\"text\"",
        "text",
        "{\"text\":\"a\0b\"}",
        "{text:'x'}"
      })
  void refusesWhatIsNotOneJsonObject(String line) {
    Collected.Unreadable failure = read(line).failure();
    assertThat(failure.code(), is("BAD_JSON"));
    assertThat(failure.message(), containsString("line 1: "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "{\"text\":1};the field \"text\" is not a string",
        "{\"text\":[\"x\"]};the field \"text\" is not a string",
        "{\"text\":\"x\",\"title\":1};the field \"title\" is not a string",
        "{\"text\":\"x\",\"id\":true};the field \"id\" is not a string or a number",
        "{\"text\":\"x\",\"metadata\":[1]};the field \"metadata\" is not an object",
        "{\"body\":\"x\",\"n\":1};there is no field \"text\"; it has body, n",
        "{\"text\":\"x\",\"metadata\":{\"a\":[1e999]}};metadata.a is a number outside the range",
      })
  void namesTheFieldThatIsWrong(String line, String message) {
    Collected.Unreadable failure = read(line).failure();
    assertThat(failure.code(), is("BAD_FIELD"));
    assertThat(failure.message(), containsString("line 1: " + message));
  }

  @Test
  void refusesBlankTextsEvenWithATitle() {
    Collected read =
        read("{\"id\":\"a\",\"title\":\"T\",\"text\":\" \"}\n{\"id\":\"b\",\"text\":null}");
    assertThat(read.codes(), is(List.of("BLANK_TEXT", "BLANK_TEXT")));
    assertThat(read.unreadable.get(0).documentId(), is("a"));
    assertThat(read.unreadable.get(0).message(), is("line 1: there is a title but no text"));
  }

  @Test
  void readsOnAfterABadLine() {
    Collected read = read("{\"id\":\"a\",\"text\":1}\nnonsense\n{\"id\":\"c\",\"text\":\"x\"}");
    assertThat(read.ids(), contains("c"));
    assertThat(read.codes(), contains("BAD_FIELD", "BAD_JSON"));
    assertThat(read.unreadable.get(0).documentId(), is("a"));
    assertThat(read.unreadable.get(1).documentId(), is(nullValue()));
    assertThat(read.unreadable.get(1).position(), is(2L));
  }

  @Test
  void refusesCharactersThatNoDatabaseHolds() {
    Collected read =
        read(
            """
            {"text":"a\\u0000"}
            {"text":"a\\ud800b"}
            {"text":"x","metadata":{"k":"\\udc00"}}
            {"text":"\\ud83d\\ude00"}
            """);
    assertThat(
        read.codes(), contains("INVALID_CHARACTERS", "INVALID_CHARACTERS", "INVALID_CHARACTERS"));
    assertThat(read.unreadable.get(2).message(), containsString("metadata.k"));
    assertThat(read.documents.get(0).text(), is("\uD83D\uDE00"));
  }

  @Test
  void refusesIdsThatCannotBeStored() {
    Collected read =
        read(
            "{\"id\":\"  \",\"text\":\"x\"}\n{\"id\":\"a\\nb\",\"text\":\"x\"}\n{\"id\":\""
                + "i".repeat(256)
                + "\",\"text\":\"x\"}\n{\"id\":\""
                + "i".repeat(255)
                + "\",\"text\":\"x\"}");
    assertThat(read.codes(), contains("BAD_ID", "BAD_ID", "BAD_ID"));
    assertThat(read.unreadable.get(1).message(), containsString("a\\u000ab"));
    assertThat(read.unreadable.get(2).documentId(), is(nullValue()));
    assertThat(read.documents.size(), is(1));
  }

  @Test
  void namesTheLineThatIsNotUtf8() {
    Collected read =
        Collected.read(
            reader, Collected.latin1("{\"text\":\"a\"}\n{\"text\":\"ä\"}\n{\"text\":\"c\"}"));
    assertThat(read.ids(), contains("file#1", "file#3"));
    assertThat(read.codes(), contains("NOT_UTF8"));
    assertThat(read.unreadable.get(0).message(), containsString("line 2: byte 9 (0xE4)"));
  }

  private Collected read(String lines) {
    return Collected.read(reader, lines);
  }
}
