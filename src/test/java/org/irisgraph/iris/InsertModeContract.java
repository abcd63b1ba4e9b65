package org.irisgraph.iris;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.irisgraph.iris.Parcel.Item;
import org.irisgraph.iris.batch.BatchResult;
import org.irisgraph.iris.batch.BatchWriter;
import org.irisgraph.iris.spec.OnBadRow;
import org.irisgraph.iris.spec.RejectedRow;
import org.irisgraph.iris.spec.StorageMode;
import org.irisgraph.iris.spec.WriteMode;
import org.irisgraph.jdbc.StoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Plain inserts end in the tables that upserts give, on any database. */
abstract class InsertModeContract extends SinkContract {

  private void emptyTables() throws Exception {
    target.execute("DELETE FROM T.Links", "DELETE FROM T.Items", "DELETE FROM T.Parcels");
  }

  private BatchWriter<Parcel> writer(WriteMode writeMode) {
    return writer(writeMode, 1000, StorageMode.BATCH, OnBadRow.SKIP);
  }

  private List<String> contents() throws Exception {
    List<String> contents = new ArrayList<>();
    for (String table : List.of("T.Parcels", "T.Items", "T.Links")) {
      contents.addAll(target.rows("SELECT * FROM %s ORDER BY id".formatted(table)));
    }
    return contents;
  }

  @Test
  void storesTheSameAsUpsertsWithAsManyStatements() throws Exception {
    List<Parcel> parcels = List.of(Parcel.chain("p1", 5), Parcel.chain("p2", 7));
    writer(WriteMode.UPSERT).write(parcels);
    List<String> expected = contents();
    emptyTables();

    BatchResult<Parcel> result = writer(WriteMode.INSERT).write(parcels);

    assertThat(contents(), is(expected));
    assertThat(result.metrics().statements(), is(3));
    assertThat(result.metrics().fallbacks(), is(0));
    assertThat(result.metrics().attempts(), is(1));
  }

  @Test
  void updatesExistingRows() throws Exception {
    writer(WriteMode.UPSERT)
        .write(List.of(Parcel.of("p1", new Item("a", "old"), new Item("b", "old"))));

    BatchResult<Parcel> result =
        writer(WriteMode.INSERT)
            .write(
                List.of(
                    Parcel.of("p1", new Item("a", "new"), new Item("c", "new")),
                    Parcel.of("p2", new Item("d", "new"))));

    assertThat(result.rejected(), is(empty()));
    assertThat(result.metrics().fallbacks(), is(1));
    assertThat(result.metrics().isolations(), is(0));
    assertThat(
        target.rows("SELECT id, name, parcel FROM T.Items ORDER BY id"),
        is(List.of("a|new|p1", "b|old|p1", "c|new|p1", "d|new|p2")));
  }

  @ParameterizedTest
  @EnumSource(OnBadRow.class)
  void treatsABadRowAsUpsertsDo(OnBadRow onBadRow) throws Exception {
    List<Parcel> parcels =
        List.of(
            Parcel.of("good", new Item("a", "good")),
            Parcel.of("half", new Item("b", "good"), new Item("c", "bad")));
    if (onBadRow == OnBadRow.STOP) {
      StoreException.Stopped stopped =
          assertThrows(
              StoreException.Stopped.class,
              () -> writer(WriteMode.INSERT, 1000, StorageMode.BATCH, onBadRow).write(parcels));
      assertThat(stopped.getMessage(), containsString(target.in("T.Items c of half")));
      assertThat(contents(), is(empty()));
      return;
    }
    writer(WriteMode.UPSERT, 1000, StorageMode.BATCH, onBadRow).write(parcels);
    List<String> expected = contents();
    emptyTables();

    BatchResult<Parcel> result =
        writer(WriteMode.INSERT, 1000, StorageMode.BATCH, onBadRow).write(parcels);

    assertThat(contents(), is(expected));
    assertThat(result.rejected().stream().map(RejectedRow::rowId).toList(), is(List.of("c")));
    assertThat(result.metrics().fallbacks(), is(1));
    assertThat(result.metrics().isolations(), is(1));
  }

  @Test
  void distinguishesABadRowFromAnExistingOne() throws Exception {
    writer(WriteMode.UPSERT).write(List.of(Parcel.of("p", new Item("a", "old"))));

    BatchResult<Parcel> result =
        writer(WriteMode.INSERT)
            .write(
                List.of(
                    Parcel.of(
                        "p", new Item("a", "new"), new Item("b", "bad"), new Item("c", "x"))));

    assertThat(result.rejected().stream().map(RejectedRow::rowId).toList(), is(List.of("b")));
    assertThat(target.rows("SELECT name FROM T.Items"), containsInAnyOrder("new", "x"));
  }

  @Test
  void storesLargeElementsAndRowsOneByOne() throws Exception {
    writer(WriteMode.INSERT, 10, StorageMode.BATCH, OnBadRow.SKIP)
        .write(List.of(Parcel.chain("big", 45)));
    BatchResult<Parcel> single =
        writer(WriteMode.INSERT, 10, StorageMode.INDIVIDUAL, OnBadRow.SKIP)
            .write(List.of(Parcel.chain("small", 3), Parcel.chain("big", 45)));

    assertThat(target.count("T.Items"), is(48L));
    assertThat(target.count("T.Links"), is(46L));
    assertThat(single.rejected(), is(empty()));
    assertThat(single.metrics().fallbacks(), is(greaterThanOrEqualTo(1)));
  }
}
