package org.irisgraph.document;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.irisgraph.document.format.Collected;
import org.irisgraph.graph.Document;
import org.junit.jupiter.api.Test;

class RowReaderTest {

  private static final String SOURCE = "jdbc:h2:./graph#RAG.SourceDocuments";

  private final RowReader reader = new RowReader(SOURCE, "metadata", 1000);

  private Collected read(String id, TableRow... rows) {
    Collected collected = new Collected();
    reader.read(id, List.of(rows), collected);
    return collected;
  }

  private static TableRow row(String title, String text, String metadata) {
    return new TableRow(title, text, false, metadata, Map.of());
  }

  @Test
  void takesATextAsItIs() {
    Document document = read("d1", TableRow.ofText("  Gout.\r\n", false)).document();

    assertThat(document.id(), is("d1"));
    assertThat(document.text(), is("  Gout.\r\n"));
    assertThat(document.metadata(), is(Map.of()));
    assertThat(document.origin().source(), is(SOURCE));
  }

  @Test
  void putsTheTitleFirstUnlessTheTextHasIt() {
    Document without = read("d1", row(" On gout ", "It hurts.", null)).document();
    Document with = read("d1", row("On gout", "On gout\n\nIt hurts.", null)).document();

    assertThat(without.text(), is("On gout\n\nIt hurts."));
    assertThat(without.metadata(), is(Map.of("title", "On gout")));
    assertThat(with, is(without));
  }

  @Test
  void mergesMetadataWithTheOtherColumns() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("year", 2024L);
    fields.put("lang", "en");
    TableRow row = new TableRow(null, "Gout.", false, "{\"lang\":\"de\",\"tags\":[1]}", fields);

    assertThat(
        read("d1", row).document().metadata(),
        is(Map.of("lang", "de", "tags", List.of(1), "year", 2024L)));
  }

  @Test
  void keepsMetadataThatIsNoJsonObject() {
    for (String metadata : List.of("plain words", "[1, 2]", "{\"a\":1} and more")) {
      assertThat(
          read("d1", row(null, "Gout.", metadata)).document().metadata(),
          is(Map.of("metadata", metadata)));
    }
    assertThat(read("d1", row(null, "Gout.", "null")).document().metadata(), is(Map.of()));
  }

  @Test
  void givesARowTheSamePlaceInEveryRun() {
    assertThat(RowReader.position("d1", 0), is(1507935881608431488L));
    assertThat(RowReader.position("d2", 0), not(RowReader.position("d1", 0)));
    for (int i = 0; i < 1000; i++) {
      assertThat(RowReader.position("document " + i, 0), greaterThan(1000L));
    }
  }

  @Test
  void tellsRowsOfOneIdApartByTheirContentInWhicheverOrderTheyCome() {
    TableRow one = TableRow.ofText("Gout.", false);
    TableRow other = TableRow.ofText("Lupus.", false);

    Collected documents = read("d1", one, other);

    assertThat(read("d1", other, one).documents, is(documents.documents));
    assertThat(
        documents.documents.stream().map(document -> document.origin().position()).toList(),
        contains(RowReader.position("d1", 0), RowReader.position("d1", 0) + 1));
  }

  @Test
  void namesWhatIsNoDocument() {
    assertThat(read("d1", TableRow.ofText(null, false)).failure().code(), is("BLANK_TEXT"));
    assertThat(read("d1", TableRow.ofText(" \n", false)).failure().documentId(), is("d1"));
    assertThat(
        read("d1", TableRow.ofText("a\0b", false)).failure().code(), is("INVALID_CHARACTERS"));
    assertThat(
        read("d1", TableRow.ofText("\ud800", false)).failure().code(), is("INVALID_CHARACTERS"));
    assertThat(read(" ", TableRow.ofText("Gout.", false)).failure().code(), is("BAD_ID"));
    assertThat(read("d1", TableRow.ofText(null, true)).failure().code(), is("TOO_LARGE"));
    assertThat(
        read("d1", TableRow.ofText(null, true)).failure().message(),
        is("row \"d1\": larger than 1000 bytes; raise the option maxDocumentBytes to read it"));
  }

  @Test
  void namesEachRowWithoutAnId() {
    Collected collected = new Collected();
    reader.withoutId(2, "doc_id", collected);

    assertThat(collected.codes(), contains("BAD_ID", "BAD_ID"));
    assertThat(
        collected.unreadable.stream().map(Collected.Unreadable::position).toList(),
        contains(1L, 2L));
    assertThat(collected.unreadable.get(0).message(), containsString("doc_id is null"));
  }

  @Test
  void leavesOpenNothingBehindABadRow() {
    for (ReadFailure failure : List.of(ReadFailure.BAD_ROW, ReadFailure.NO_DOCUMENT_ROW)) {
      assertThat(ReadFailure.breaksOff(failure.because("d1"), 17, true), is(false));
    }
    Collected.Unreadable tooLarge = read("d1", TableRow.ofText(null, true)).failure();
    assertThat(ReadFailure.breaksOff(tooLarge.failure(), tooLarge.position(), true), is(false));
  }
}
