package org.irisgraph.iris.batch;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.Driver;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.irisgraph.iris.FailingTrigger;
import org.irisgraph.iris.Parcel;
import org.irisgraph.iris.Parcel.Item;
import org.irisgraph.iris.spec.OnBadRow;
import org.irisgraph.iris.spec.RejectedRow;
import org.irisgraph.jdbc.Dialect;
import org.irisgraph.jdbc.Dialects;
import org.irisgraph.jdbc.ErrorClass;
import org.irisgraph.jdbc.StoreException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

public class RowIsolationTest {

  private static final Dialect H2 = Dialects.of("jdbc:h2:mem:");
  private static final int ITEMS = 1;
  private static final String STORED_ITEMS = "SELECT id FROM T.Items ORDER BY id";

  private final BatchMetrics.Counter counter = BatchMetrics.counter();
  private ParcelTables tables;

  @BeforeEach
  void createTables() throws SQLException {
    tables = new ParcelTables();
    tables.execute("INSERT INTO T.Parcels VALUES ('p', 'note')");
  }

  @AfterEach
  void closeConnection() throws SQLException {
    tables.close();
  }

  @Test
  void storesTheGoodRowsAndRejectsTheBadOne() throws Exception {
    PendingElement<Parcel> parcel =
        pending(new Item("a", "good"), new Item("b", "bad"), new Item("c", "good"));

    int stored = isolation(H2, false).store(ITEMS, parcel.rows(ITEMS));

    assertThat(stored, is(2));
    assertThat(tables.values(STORED_ITEMS), contains("a", "c"));
    RejectedRow rejected = parcel.rejected().get(0);
    assertThat(rejected.rowId(), is("b"));
    assertThat(rejected.reason(), is(RejectedRow.Reason.DATABASE));
    assertThat(rejected.code(), is("22004"));
  }

  @Test
  void triesTheRowsThatTheDriverDoesNotBlameInOneStatement() throws Exception {
    Item[] items = new Item[100];
    for (int i = 0; i < items.length; i++) {
      items[i] = new Item("i" + i, i == 42 ? "bad" : "good");
    }
    PendingElement<Parcel> parcel = pending(items);

    isolation(H2, false).store(ITEMS, parcel.rows(ITEMS));

    assertThat(tables.values(STORED_ITEMS).size(), is(99));
    assertThat("all rows, the good rows, the bad row", counter.total().statements(), is(3));
  }

  @Test
  void rejectsEveryRowIfAllAreBad() throws Exception {
    PendingElement<Parcel> parcel = pending(new Item("a", "bad"), new Item("b", "bad"));

    int stored = isolation(H2, false).store(ITEMS, parcel.rows(ITEMS));

    assertThat(stored, is(0));
    assertThat(parcel.rejected().stream().map(RejectedRow::rowId).toList(), contains("a", "b"));
  }

  @Test
  void replaysTheTransactionIfThereAreNoSavepoints() throws Exception {
    tables.execute("DELETE FROM T.Parcels");
    tables.connection().commit();
    PendingElement<Parcel> parcel =
        pending(new Item("a", "good"), new Item("b", "bad"), new Item("c", "good"));
    RowIsolation<Parcel> isolation = isolation(new WithoutSavepoints(), false);
    RowIsolation.Step insertParcel =
        () -> tables.execute("INSERT INTO T.Parcels VALUES ('p', 'note')");
    insertParcel.run();
    isolation.journal(insertParcel);

    isolation.store(ITEMS, parcel.rows(ITEMS));

    assertThat(tables.values("SELECT id FROM T.Parcels"), contains("p"));
    assertThat(tables.values(STORED_ITEMS), contains("a", "c"));
    assertThat(parcel.rejected().stream().map(RejectedRow::rowId).toList(), contains("b"));
  }

  @Test
  void rejectsTheRowOfAnUnknownErrorIfOthersSucceed() throws Exception {
    createTriggerThatFails();
    PendingElement<Parcel> parcel = pending(new Item("a", "good"), new Item("b", "fail"));

    isolation(H2, true).store(ITEMS, parcel.rows(ITEMS));

    assertThat(tables.values(STORED_ITEMS), contains("a"));
    assertThat(parcel.rejected().stream().map(RejectedRow::rowId).toList(), contains("b"));
  }

  @Test
  void rejectsNothingIfAllRowsHaveAnUnknownError() throws Exception {
    createTriggerThatFails();
    PendingElement<Parcel> parcel = pending(new Item("a", "fail"), new Item("b", "fail"));

    assertThrows(SQLException.class, () -> isolation(H2, true).store(ITEMS, parcel.rows(ITEMS)));

    assertThat(parcel.rejected(), is(empty()));
  }

  @Test
  void rejectsNothingIfTheStatementIsAtFault() throws Exception {
    PendingElement<Parcel> parcel = pending(new Item("a", "good"), new Item("b", "good"));
    RowIsolation<Parcel> isolation = isolation(H2, false);
    tables.execute("DROP TABLE T.Links", "DROP TABLE T.Items");

    assertThrows(SQLException.class, () -> isolation.store(ITEMS, parcel.rows(ITEMS)));

    assertThat(parcel.rejected(), is(empty()));
  }

  @Test
  void stopsAtABadRowIfAskedTo() throws Exception {
    PendingElement<Parcel> parcel =
        new PendingElement<>(
            Parcel.of("p", new Item("a", "bad")),
            ParcelTables.plan().setOnBadRow(OnBadRow.STOP).build());

    StoreException.Stopped stopped =
        assertThrows(
            StoreException.Stopped.class,
            () -> isolation(H2, false).store(ITEMS, parcel.rows(ITEMS)));

    assertThat(stopped.getMessage(), containsString("T.Items a of p"));
  }

  private RowIsolation<Parcel> isolation(Dialect dialect, boolean rowByRow) throws Exception {
    return new RowIsolation<>(
        tables.resolve(ParcelTables.plan().build(), dialect).upserts(),
        dialect,
        tables.connection(),
        counter,
        rowByRow);
  }

  private static PendingElement<Parcel> pending(Item... items) {
    return new PendingElement<>(Parcel.of("p", items), ParcelTables.plan().build());
  }

  private void createTriggerThatFails() throws SQLException {
    tables.execute(
        "CREATE TRIGGER T.Failing BEFORE INSERT ON T.Items FOR EACH ROW CALL '%s'"
            .formatted(FailingTrigger.class.getName()));
  }

  /** H2 without its savepoints, as a database that has none. */
  private static final class WithoutSavepoints implements Dialect {

    @Override
    public boolean hasSavepoints() {
      return false;
    }

    @Override
    public String name() {
      return H2.name();
    }

    @Override
    public Driver driver() throws SQLException {
      return H2.driver();
    }

    @Override
    public String driverCoordinates() {
      return H2.driverCoordinates();
    }

    @Override
    public String upsert(String table, List<String> columns, List<String> key) {
      return H2.upsert(table, columns, key);
    }

    @Override
    public String textType() {
      return H2.textType();
    }

    @Override
    public String vectorType(int dimensions) {
      return H2.vectorType(dimensions);
    }

    @Override
    public ErrorClass classify(SQLException exception) {
      return H2.classify(exception);
    }

    @Override
    public Map<String, String> connectionProperties(String jdbcUrl) {
      return H2.connectionProperties(jdbcUrl);
    }
  }
}
