package org.irisgraph.iris.batch;

import static java.sql.Statement.EXECUTE_FAILED;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.is;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import org.irisgraph.iris.Parcel;
import org.junit.jupiter.api.Test;

class FailureHintTest {

  /** Five elements with one row each. */
  private final List<PendingElement<Parcel>> elements =
      IntStream.range(0, 5)
          .mapToObj(i -> new PendingElement<>(Parcel.of("p" + i), ParcelTables.plan().build()))
          .toList();

  private List<String> pieces(Exception failure) {
    return FailureHint.of(
            failure, elements.stream().map(element -> element.rows(0).get(0)).toList())
        .pieces(elements)
        .stream()
        .map(piece -> piece.stream().map(PendingElement::key).toList().toString())
        .toList();
  }

  @Test
  void keepsTheAcceptedTogetherWhereTheDriverGoesOn() {
    assertThat(
        pieces(new BatchUpdateException(new int[] {1, EXECUTE_FAILED, 1, 1, EXECUTE_FAILED})),
        containsInAnyOrder("[p1]", "[p4]", "[p0, p2, p3]"));
  }

  @Test
  void halvesWhatWasNotTriedWhereTheDriverStops() {
    assertThat(
        pieces(new BatchUpdateException(new int[] {1, 1})),
        containsInAnyOrder("[p0, p1]", "[p2]", "[p3]", "[p4]"));
    assertThat(
        pieces(
            new BatchUpdateException(
                new int[] {1, 1, EXECUTE_FAILED, EXECUTE_FAILED, EXECUTE_FAILED})),
        containsInAnyOrder("[p0, p1]", "[p2]", "[p3]", "[p4]"));
  }

  @Test
  void halvesWithoutAHint() {
    int bad = EXECUTE_FAILED;
    List<String> halves = List.of("[p0, p1]", "[p2, p3, p4]");

    assertThat(pieces(new SQLException("refused")), is(halves));
    assertThat(pieces(new BatchUpdateException(new int[0])), is(halves));
    assertThat(pieces(new BatchUpdateException(new int[] {bad, bad, bad, bad, bad})), is(halves));
    assertThat(pieces(new BatchUpdateException(new int[] {1, 1, 1, 1, 1})), is(halves));
  }
}
