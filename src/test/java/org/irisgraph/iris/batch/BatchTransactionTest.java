package org.irisgraph.iris.batch;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.irisgraph.iris.Parcel;
import org.irisgraph.iris.Parcel.Item;
import org.irisgraph.iris.batch.BatchTransaction.End;
import org.irisgraph.iris.spec.RejectedRow;
import org.irisgraph.iris.spec.WriteDecision;
import org.irisgraph.jdbc.Dialects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BatchTransactionTest {

  private static final AttemptMode UPSERTS = new AttemptMode(false, false, false);
  private static final AttemptMode INSERTS = new AttemptMode(true, false, false);
  private static final AttemptMode ROW_BY_ROW = new AttemptMode(false, false, true);
  private static final AttemptMode ISOLATING = new AttemptMode(false, true, false);
  private static final String STORED_ITEMS = "SELECT id FROM T.Items ORDER BY id";

  private final BatchMetrics.Counter counter = BatchMetrics.counter();
  private ParcelTables tables;

  @BeforeEach
  void createTables() throws SQLException {
    tables = new ParcelTables();
  }

  @AfterEach
  void closeConnection() throws SQLException {
    tables.close();
  }

  @Test
  void storesTheRowsOfAllTablesAndLeavesTheCommitToTheCaller() throws Exception {
    Attempt attempt = new Attempt(1000, Parcel.chain("p", 3));

    assertThat(attempt.run(UPSERTS), is(End.COMPLETE));

    assertThat(attempt.rowsStored, is(1 + 3 + 2));
    assertThat(counter.total().statements(), is(3));
    tables.connection().rollback();
    assertThat(tables.values(STORED_ITEMS), is(empty()));
  }

  @Test
  void sendsEachRowInAStatementOfItsOwn() throws Exception {
    assertThat(new Attempt(1000, Parcel.chain("p", 3)).run(ROW_BY_ROW), is(End.COMPLETE));

    assertThat(counter.total().statements(), is(1 + 3 + 2));
  }

  @Test
  void insertsNewElementsAndFailsOnAnExistingKey() throws Exception {
    assertThat(new Attempt(1000, Parcel.of("p")).run(INSERTS), is(End.COMPLETE));

    SQLException exists =
        assertThrows(SQLException.class, () -> new Attempt(1000, Parcel.of("p")).run(INSERTS));

    assertThat(exists.getSQLState(), is("23505"));
  }

  @Test
  void upsertsAnElementThatReplacesAnEarlierVersion() throws Exception {
    new Attempt(1000, Parcel.of("p", new Item("a", "old"))).run(UPSERTS);

    Attempt replacement = new Attempt(1000, Parcel.of("p", new Item("a", "new"))).replacing();

    assertThat(replacement.run(INSERTS), is(End.COMPLETE));
    assertThat(tables.values("SELECT name FROM T.Items"), contains("new"));
  }

  @Test
  void deletesStaleRowsInAsManyTransactionsAsTheyNeed() throws Exception {
    new Attempt(1000, Parcel.chain("p", 5)).run(UPSERTS);
    Attempt replacement = new Attempt(2, Parcel.of("p", new Item("new", "new"))).replacing();

    List<End> ends = new ArrayList<>();
    do {
      ends.add(replacement.run(UPSERTS));
      tables.connection().commit();
    } while (ends.get(ends.size() - 1) == End.MORE);

    assertThat(
        "four links and five items, two at a time",
        ends,
        contains(End.MORE, End.MORE, End.MORE, End.COMPLETE));
    assertThat(tables.values(STORED_ITEMS), contains("new"));
  }

  @Test
  void restartsIfARowIsRejectedWhoseEarlierVersionWasKept() throws Exception {
    new Attempt(1000, Parcel.of("p", new Item("a", "old"), new Item("b", "old"))).run(UPSERTS);
    tables.connection().commit();
    Attempt replacement =
        new Attempt(1000, Parcel.of("p", new Item("a", "bad"), new Item("b", "new"))).replacing();

    assertThat(replacement.run(ISOLATING), is(End.RESTART));
    tables.connection().rollback();
    replacement.stale.restart();

    assertThat(replacement.run(ISOLATING), is(End.COMPLETE));
    assertThat(tables.values(STORED_ITEMS), contains("b"));
    assertThat(
        replacement.element.rejected().stream().map(RejectedRow::rowId).toList(), contains("a"));
  }

  /** An attempt at one element. */
  private final class Attempt {
    private final ResolvedPlan<Parcel> plan;
    private final PendingElement<Parcel> element;
    private final TransactionBatch<Parcel> batch;
    private final StaleRows<Parcel> stale;
    private int rowsStored;

    Attempt(int batchRows, Parcel parcel) throws Exception {
      WritePlan<Parcel> unresolved = ParcelTables.plan().setBatchRows(batchRows).build();
      plan = tables.resolve(unresolved, Dialects.of("jdbc:h2:mem:"));
      element = new PendingElement<>(parcel, unresolved);
      batch = TransactionBatch.whole(List.of(element), unresolved.tables().size());
      stale = new StaleRows<>(plan, batch, counter);
    }

    Attempt replacing() {
      element.decide(WriteDecision.replace(), List.of());
      return this;
    }

    End run(AttemptMode mode) throws Exception {
      BatchTransaction<Parcel> transaction =
          new BatchTransaction<>(plan, tables.connection(), counter, mode, stale);
      End end = transaction.run(batch, System.nanoTime());
      rowsStored = transaction.rowsStored();
      return end;
    }
  }
}
