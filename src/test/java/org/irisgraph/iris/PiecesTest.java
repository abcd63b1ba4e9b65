package org.irisgraph.iris;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.is;

import java.util.List;
import org.irisgraph.iris.Parcel.Item;
import org.irisgraph.iris.batch.BatchResult;
import org.irisgraph.iris.spec.RejectedRow;
import org.irisgraph.iris.wire.BadRow;
import org.irisgraph.iris.wire.InsertPath;
import org.irisgraph.iris.wire.IrisWireServer;
import org.junit.jupiter.api.Test;

/** Batches with bad rows that are stored in pieces, as in IRIS, which has no savepoints. */
class PiecesTest extends SinkContract {

  @Override
  TestTarget open() throws Exception {
    IrisWireServer server = IrisWireServer.start(InsertPath.FAST);
    server.onBadRow(BadRow.CONTINUE);
    return TestTarget.iris(server);
  }

  @Test
  void keepsTheLaterOfTwoRowsWithOneKeyBesideABadRow() throws Exception {
    writer()
        .write(
            List.of(
                Parcel.of("p1", new Item("a", "bad"), new Item("shared", "earlier")),
                Parcel.of("p2", new Item("shared", "later")),
                Parcel.of("p3", new Item("b", "good"))));

    assertThat(
        target.rows("SELECT id, name FROM T.Items ORDER BY id"),
        contains("b|good", "shared|later"));
  }

  @Test
  void rejectsARowWithAnUnknownErrorBesideABadRow() throws Exception {
    target.execute(
        "CREATE TRIGGER T.Failing BEFORE INSERT ON T.Items FOR EACH ROW CALL '%s'"
            .formatted(FailingTrigger.class.getName()));

    BatchResult<Parcel> result =
        writer()
            .write(
                List.of(
                    Parcel.of("p1", new Item("a", "good")),
                    Parcel.of("p2", new Item("b", "bad")),
                    Parcel.of("p3", new Item("c", "fail"))));

    assertThat(
        result.rejected().stream().map(RejectedRow::rowId).toList(), containsInAnyOrder("b", "c"));
    assertThat(target.rows("SELECT id FROM T.Items"), contains("a"));
    assertThat(target.count("T.Parcels"), is(3L));
  }
}
