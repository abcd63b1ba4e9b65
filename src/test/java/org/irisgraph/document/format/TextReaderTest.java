package org.irisgraph.document.format;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.util.Map;
import org.irisgraph.document.DocumentReader;
import org.irisgraph.graph.Document;
import org.irisgraph.graph.Failure.Stage;
import org.irisgraph.graph.Origin;
import org.junit.jupiter.api.Test;

class TextReaderTest {

  private final DocumentReader reader = new TextReader();

  @Test
  void takesTheWholeFileForOneDocument() {
    Document document = Collected.read(reader, "Insulin\r\n\nlowers glucose. ").document();
    assertThat(
        document,
        is(
            new Document(
                "file",
                new Origin("/corpus/file", 0, 42),
                "Insulin\r\n\nlowers glucose. ",
                Map.of())));
  }

  @Test
  void namesTheByteAndTheLineThatAreNotUtf8() {
    Collected.Unreadable failure =
        Collected.read(reader, Collected.latin1("first\nmüde")).failure();
    assertThat(failure.failure().stage(), is(Stage.READ));
    assertThat(failure.code(), is("NOT_UTF8"));
    assertThat(
        failure.message(),
        allOf(containsString("byte 7"), containsString("0xFC"), containsString("line 2")));
  }

  @Test
  void refusesATextThatEndsWithinACharacter() {
    byte[] cut = {'a', (byte) 0xE2, (byte) 0x82};
    assertThat(Collected.read(reader, cut).failure().code(), is("NOT_UTF8"));
  }

  @Test
  void refusesAFileWithNothingToSee() {
    assertThat(Collected.read(reader, "").failure().code(), is("BLANK_TEXT"));
    assertThat(Collected.read(reader, " \n\t\u00A0\u200B").failure().code(), is("BLANK_TEXT"));
  }

  @Test
  void refusesNul() {
    Collected.Unreadable failure = Collected.read(reader, "a\0b").failure();
    assertThat(failure.code(), is("INVALID_CHARACTERS"));
    assertThat(failure.documentId(), is("file"));
    assertThat(failure.message(), containsString("NUL at character 1"));
  }

  @Test
  void readsAFileOfExactlyTheAllowedSize() {
    String text = "x".repeat(Collected.MAX_BYTES);
    assertThat(Collected.read(reader, text).document().text(), is(text));
  }

  @Test
  void refusesALargerFileAndNamesTheOption() {
    Collected.Unreadable failure =
        Collected.read(reader, "x".repeat(Collected.MAX_BYTES + 1)).failure();
    assertThat(failure.code(), is("TOO_LARGE"));
    assertThat(
        failure.message(), allOf(containsString("1000 bytes"), containsString("maxDocumentBytes")));
  }
}
