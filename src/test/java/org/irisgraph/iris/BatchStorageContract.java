package org.irisgraph.iris;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.irisgraph.iris.batch.BatchResult;
import org.irisgraph.iris.spec.OnBadRow;
import org.irisgraph.iris.spec.StorageMode;
import org.irisgraph.jdbc.StoreException;
import org.junit.jupiter.api.Test;

/** Storage of batches, on any database. */
abstract class BatchStorageContract extends SinkContract {

  @Test
  void accumulatesAcrossDocuments() throws Exception {
    List<Parcel> parcels = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      parcels.add(Parcel.chain("p" + i, 10));
    }

    BatchResult<Parcel> result = writer().write(parcels);

    assertThat(result.metrics().statements(), is(3));
    assertThat(result.metrics().transactions(), is(1));
    assertThat(result.metrics().rows(), is(20 + 200 + 180));
    assertThat(target.count("T.Items"), is(200L));
    assertThat(target.count("T.Links"), is(180L));
  }

  @Test
  void degradesToIndividualStorageIfAskedTo() throws Exception {
    List<Parcel> parcels = List.of(Parcel.chain("p1", 3), Parcel.chain("p2", 3));

    BatchResult<Parcel> result = writer(1000, StorageMode.INDIVIDUAL, OnBadRow.SKIP).write(parcels);

    assertThat(result.metrics().statements(), is(2 * (1 + 3 + 2)));
    assertThat(result.metrics().transactions(), is(2));
    assertThat(target.count("T.Links"), is(4L));
  }

  @Test
  void executesOneBatchStatement() throws Exception {
    List<Parcel> parcels = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      parcels.add(new Parcel("p" + i, "note", List.of(), List.of()));
    }

    BatchResult<Parcel> batch = writer().write(parcels);
    BatchResult<Parcel> individual =
        writer(1000, StorageMode.INDIVIDUAL, OnBadRow.SKIP).write(parcels);

    assertThat(batch.metrics().statements(), is(1));
    assertThat(individual.metrics().statements(), is(200));
    assertThat(individual.metrics().rows(), is(batch.metrics().rows()));
  }

  @Test
  void letsTwoWritersStoreTheSameElementsInOppositeOrder() throws Exception {
    List<Parcel> forward = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      forward.add(Parcel.chain("p" + i, 4));
    }
    List<Parcel> backward = new ArrayList<>(forward);
    Collections.reverse(backward);

    CompletableFuture<BatchResult<Parcel>> other =
        CompletableFuture.supplyAsync(() -> writeUnchecked(backward));
    BatchResult<Parcel> result = writer().write(forward);

    assertThat(other.get(60, TimeUnit.SECONDS).rejected(), is(empty()));
    assertThat(result.rejected(), is(empty()));
    assertThat(target.count("T.Items"), is(1200L));
    assertThat(target.count("T.Links"), is(900L));
  }

  private BatchResult<Parcel> writeUnchecked(List<Parcel> parcels) {
    try {
      return writer().write(parcels);
    } catch (StoreException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void writingAgainChangesNothing() throws Exception {
    List<Parcel> parcels = List.of(Parcel.chain("p1", 5), Parcel.chain("p2", 5));
    writer().write(parcels);
    List<String> before = target.rows("SELECT * FROM T.Items ORDER BY id");

    writer().write(parcels);

    assertThat(target.rows("SELECT * FROM T.Items ORDER BY id"), is(before));
  }

  @Test
  void storesALargeElementInSeveralTransactions() throws Exception {
    BatchResult<Parcel> result =
        writer(100, StorageMode.BATCH, OnBadRow.SKIP).write(List.of(Parcel.chain("big", 1050)));

    assertThat(target.count("T.Items"), is(1050L));
    assertThat(target.count("T.Links"), is(1049L));
    assertThat(result.metrics().maxRows(), is(100));
    assertThat(result.committed(), hasSize(1));
  }

  @Test
  void givesTheSameTablesForEveryBatchSize() throws Exception {
    List<Parcel> parcels = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      parcels.add(Parcel.chain("p" + i, i));
    }
    writer(10_000, StorageMode.BATCH, OnBadRow.SKIP).write(parcels);
    List<String> items = target.rows("SELECT * FROM T.Items ORDER BY id");
    List<String> links = target.rows("SELECT * FROM T.Links ORDER BY id");

    for (int batchRows : new int[] {1, 7, 1000}) {
      target.execute("DELETE FROM T.Links", "DELETE FROM T.Items", "DELETE FROM T.Parcels");
      writer(batchRows, StorageMode.BATCH, OnBadRow.SKIP).write(parcels);
      assertThat(target.rows("SELECT * FROM T.Items ORDER BY id"), is(items));
      assertThat(target.rows("SELECT * FROM T.Links ORDER BY id"), is(links));
    }
  }

  @Test
  void namesAMissingTable() throws Exception {
    target.execute("DROP TABLE T.Links");

    StoreException.Configuration e =
        assertThrows(
            StoreException.Configuration.class,
            () -> writer().write(List.of(Parcel.chain("p", 2))));

    assertThat(e.getMessage(), containsString(target.schema("T") + ".Links does not exist"));
  }

  @Test
  void namesAMissingColumnAndItsTable() throws Exception {
    target.execute(
        "DROP TABLE T.Links",
        "CREATE TABLE T.Links (id VARCHAR(50) PRIMARY KEY, source VARCHAR(50))");

    StoreException.Configuration e =
        assertThrows(
            StoreException.Configuration.class,
            () -> writer().write(List.of(Parcel.chain("p", 2))));

    assertThat(e.getMessage(), containsString(target.in("table T.Links has no column target")));
  }
}
