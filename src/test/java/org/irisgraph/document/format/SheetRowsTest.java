package org.irisgraph.document.format;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import java.util.List;
import java.util.Map;
import org.irisgraph.document.tika.Sheets.Sheet;
import org.junit.jupiter.api.Test;

class SheetRowsTest {

  private static final Sheet ROWS =
      new Sheet(
          "One",
          List.of(
              List.of(""),
              List.of("id", "journal", "text"),
              List.of("a", "BMJ", "gout, \"x\"\nhurts", "", ""),
              List.of(),
              List.of("b", "", "flu")));

  private final Collected collected = new Collected();

  @Test
  void readsTheRowsBelowTheHeaderOfEachSheet() {
    deliver(List.of(ROWS, new Sheet("Two", List.of(List.of("text", "id"), List.of("mumps", "c")))));
    assertThat(collected.ids(), contains("a", "b", "c"));
    assertThat(collected.documents.get(0).text(), is("gout, \"x\"\nhurts"));
    assertThat(collected.documents.get(0).metadata(), is(Map.of("journal", "BMJ")));
    assertThat(collected.documents.get(2).origin().position(), is(3L));
  }

  @Test
  void namesASheetWithoutTheColumnsAndReadsTheOthers() {
    deliver(List.of(new Sheet("Notes", List.of(List.of("a", "b"), List.of("c", "d"))), ROWS));
    assertThat(collected.ids(), contains("a", "b"));
    assertThat(collected.codes(), contains("BAD_HEADER"));
    assertThat(
        collected.unreadable.get(0).message(),
        startsWith("row 1: sheet \"Notes\": the first line, \"a, b\", has no column \"id\" and"));
  }

  @Test
  void namesARowWithMoreCellsThanTheHeader() {
    deliver(List.of(new Sheet("One", List.of(List.of("id", "text"), List.of("a", "x", "y")))));
    assertThat(collected.codes(), contains("BAD_RECORD"));
    assertThat(collected.unreadable.get(0).message(), is("row 1: 3 fields, but the header has 2"));
  }

  @Test
  void takesCellsAsTheyAre() {
    deliver(List.of(new Sheet("One", List.of(List.of("id", "text"), List.of("a", "\"\ufffe,\n")))));
    assertThat(collected.document().text(), is("\"\ufffe,\n"));
  }

  @Test
  void namesARowThatIsTooLarge() {
    String large = "\u00e4".repeat(Collected.MAX_BYTES / 2);
    deliver(
        List.of(
            new Sheet(
                "One", List.of(List.of("id", "text"), List.of("a", large), List.of("b", "flu")))));
    assertThat(collected.ids(), contains("b"));
    assertThat(collected.codes(), contains("TOO_LARGE"));
  }

  @Test
  void reportsRowsThatWereCut() {
    new SheetRows(CsvLayout.DEFAULT, Collected.part(Collected.MAX_BYTES), collected)
        .deliver(List.of(ROWS), true);
    assertThat(collected.ids(), contains("a", "b"));
    assertThat(collected.codes(), contains("TOO_LARGE"));
  }

  private void deliver(List<Sheet> sheets) {
    new SheetRows(CsvLayout.DEFAULT, Collected.part(Collected.MAX_BYTES), collected)
        .deliver(sheets, false);
  }
}
