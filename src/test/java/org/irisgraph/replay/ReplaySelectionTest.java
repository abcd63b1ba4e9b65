package org.irisgraph.replay;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.is;

import java.util.Optional;
import java.util.Set;
import org.irisgraph.graph.Origin;
import org.irisgraph.ledger.DeadLetter;
import org.junit.jupiter.api.Test;

class ReplaySelectionTest {

  private static final String FILE = "/corpus/lines.jsonl";

  private final ReplaySelection selection = new ReplaySelection();

  private void add(String documentId, String source, long position, String stage, String code) {
    selection.add(
        new DeadLetter(
            documentId,
            source,
            position,
            stage,
            null,
            null,
            code,
            "message",
            "2026-01-01T00:00:00Z"),
        true);
  }

  private static Origin at(long position) {
    return new Origin(FILE, position, 0);
  }

  @Test
  void selectsADocumentByItsPlace() {
    add(null, FILE, 3, "read", "BAD_JSON");

    assertThat(selection.isNamed("any", at(3)), is(true));
    assertThat(selection.isNamed("any", at(4)), is(false));
    assertThat(selection.isNamed("any", new Origin("/other", 3, 0)), is(false));
  }

  @Test
  void selectsADocumentByItsIdWhereverItHasMovedInItsSource() {
    add("a", FILE, 3, "store", "22001");

    assertThat(selection.isNamed("a", at(9)), is(true));
    assertThat(selection.isNamed("b", at(9)), is(false));
    assertThat(selection.isNamed("a", new Origin("/other", 9, 0)), is(false));
  }

  @Test
  void selectsOnlyTheSourcesOfDeadLetters() {
    add("a", FILE, 3, "store", "22001");

    assertThat(selection.sources(), containsInAnyOrder(FILE));
    assertThat(selection.isSelected(FILE), is(true));
    assertThat(selection.isSelected("/corpus/other.jsonl"), is(false));
    assertThat(selection.isWhole(FILE), is(false));
    assertThat(selection.isPlace(FILE, 3), is(true));
    assertThat(selection.isPlace(FILE, 4), is(false));
  }

  @Test
  void selectsAWholeSourceIfAFailureHidesTheRestOfIt() {
    add(null, FILE, 5, "read", "TRUNCATED");

    assertThat(selection.isWhole(FILE), is(true));
    assertThat(selection.isPlace(FILE, 99), is(true));
    assertThat(selection.isNamed("any", at(99)), is(false));
  }

  @Test
  void selectsAllFilesBelowAFolderThatWasUnreadable() {
    add(null, "/corpus/folder", 0, "read", "CANNOT_OPEN");

    assertThat(selection.isSelected("/corpus/folder/deep/new.txt"), is(true));
    assertThat(selection.isWhole("/corpus/folder/deep/new.txt"), is(true));
    assertThat(selection.isSelected("/corpus/folder2/new.txt"), is(false));
  }

  @Test
  void givesTheIdsOfASourceIfAllOfItsDeadLettersHaveOne() {
    add("a", FILE, 1, "store", "22001");
    add("b", FILE, 2, "store", "22001");
    add("c", "/other", 1, "store", "22001");
    add(null, "/other", 2, "read", "BAD_ID");

    assertThat(selection.ids(FILE), is(Optional.of(Set.of("a", "b"))));
    assertThat(selection.ids("/other"), is(Optional.empty()));
    assertThat(selection.ids("/unnamed"), is(Optional.of(Set.of())));
  }

  @Test
  void knowsTheFailedPlacesOfSelectedSourcesOnly() {
    add("a", FILE, 1, "store", "22001");

    selection.addKnownFailure(FILE, 7);
    selection.addKnownFailure("/other", 7);

    assertThat(selection.isKnownFailure(at(7)), is(true));
    assertThat(selection.isKnownFailure(at(1)), is(false));
    assertThat(selection.isKnownFailure(new Origin("/other", 7, 0)), is(false));
  }
}
