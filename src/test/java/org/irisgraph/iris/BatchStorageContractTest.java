package org.irisgraph.iris;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.irisgraph.iris.Parcel.Item;
import org.irisgraph.iris.Parcel.Link;
import org.joda.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the sink promises, on every database that it can be shown on. */
@ParameterizedClass(name = "{0}")
@EnumSource(ContractTarget.class)
class BatchStorageContractTest {

  @Parameter private ContractTarget where;

  private TestTarget target;
  private Database database;

  @BeforeEach
  void createTables() throws Exception {
    target = where.open();
    target.execute("DROP SCHEMA IF EXISTS T CASCADE");
    target.execute(Parcel.tables());
    database = Database.acquire(target.settings());
  }

  @AfterEach
  void closeDatabase() throws Exception {
    database.close();
    where.release(target);
  }

  @AfterAll
  static void closeServers() throws Exception {
    ContractTarget.closeAll();
  }

  private BatchWriter<Parcel> writer(int batchRows, StorageMode mode, OnBadRow onBadRow) {
    return new BatchWriter<>(
        database,
        new WritePlan<>(Parcel.writes(), null, Parcel::id, batchRows, mode, onBadRow),
        new RetryPolicy(Duration.standardSeconds(10)));
  }

  private BatchWriter<Parcel> writer() {
    return writer(1000, StorageMode.BATCH, OnBadRow.SKIP);
  }

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

  @ParameterizedTest(name = "{0} documents, {1} bad")
  @CsvSource({"1000, 13", "10000, 500"})
  void storesAllButTheBadRows(int documents, int bad) throws Exception {
    List<Parcel> parcels = new ArrayList<>();
    Set<String> badRows = new HashSet<>();
    for (int i = 0; i < documents; i++) {
      boolean isBad = i % (documents / bad) == 3 && badRows.size() < bad;
      parcels.add(Parcel.of("p" + i, new Item("i" + i, isBad ? "bad" : "good")));
      if (isBad) {
        badRows.add("i" + i);
      }
    }

    BatchResult<Parcel> result = writer().write(parcels);

    Set<String> named = new HashSet<>();
    result.rejected().forEach(row -> named.add(row.rowId()));
    assertThat(named, is(badRows));
    assertThat(target.count("T.Items"), is((long) documents - bad));
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

    assertThat(other.get(30, TimeUnit.SECONDS).rejected(), is(empty()));
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
  void reportsEachBadRow() throws Exception {
    List<Parcel> parcels = new ArrayList<>();
    Set<String> bad = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      boolean isBad = i % 9 == 4;
      parcels.add(Parcel.of("p" + i, new Item("i" + i, isBad ? "bad" + i : "good")));
      if (isBad) {
        bad.add("i" + i);
      }
    }

    BatchResult<Parcel> result = writer().write(parcels);

    Set<String> rejected = new HashSet<>();
    result.rejected().forEach(row -> rejected.add(row.rowId()));
    assertThat(rejected, is(bad));
    assertThat(target.count("T.Items"), is(100L - bad.size()));
    assertThat(target.count("T.Parcels"), is(100L));
    assertThat(result.metrics().isolations(), is(1));
    RejectedRow first = result.rejected().get(0);
    assertThat(first.table(), is("T.Items"));
    assertThat(first.reason(), is(RejectedRow.Reason.DATABASE));
    assertThat(first.message().toLowerCase(java.util.Locale.ROOT), containsString("no_bad_name"));
  }

  @Test
  void rejectsTheBadRowsOfIndividualStorageToo() throws Exception {
    BatchResult<Parcel> result =
        writer(1000, StorageMode.INDIVIDUAL, OnBadRow.SKIP)
            .write(List.of(Parcel.of("p", new Item("a", "good"), new Item("b", "bad"))));

    assertThat(result.rejected(), hasSize(1));
    assertThat(target.rows("SELECT id FROM T.Items"), contains("a"));
  }

  @Test
  void rejectsBeforeTheDatabaseWhatIsTooLongNullOrAgainstARule() throws Exception {
    BatchResult<Parcel> result =
        writer()
            .write(
                List.of(
                    Parcel.of(
                        "p",
                        new Item("long", "x".repeat(21)),
                        new Item("null", null),
                        new Item("blank", " "),
                        new Item("good", "x".repeat(20)))));

    assertThat(
        result.rejected().stream().map(row -> row.rowId() + " " + row.code()).toList(),
        containsInAnyOrder("long TOO_LONG", "null NULL", "blank BLANK"));
    assertThat(result.metrics().isolations(), is(0));
    assertThat(target.rows("SELECT id FROM T.Items"), contains("good"));
  }

  @Test
  void rejectsWhatRefersToARejectedRowWithItsOwnReason() throws Exception {
    Parcel parcel =
        new Parcel(
            "p",
            "note",
            List.of(new Item("a", "good"), new Item("b", "bad"), new Item("c", "good")),
            List.of(new Link("ab", "a", "b"), new Link("ac", "a", "c"), new Link("ax", "a", "x")));

    BatchResult<Parcel> result = writer().write(List.of(parcel));

    assertThat(target.rows("SELECT id FROM T.Links"), contains("ac"));
    RejectedRow link =
        result.rejected().stream().filter(row -> row.rowId().equals("ab")).findFirst().get();
    assertThat(link.reason(), is(RejectedRow.Reason.REFERENCE));
    assertThat(link.message(), allOf(containsString("target"), containsString("rejected")));
    RejectedRow missing =
        result.rejected().stream().filter(row -> row.rowId().equals("ax")).findFirst().get();
    assertThat(missing.message(), containsString("does not have"));
  }

  @Test
  void storesNothingOfADocumentWithABadRowIfAskedTo() throws Exception {
    BatchResult<Parcel> result =
        writer(1000, StorageMode.BATCH, OnBadRow.REJECT_DOCUMENT)
            .write(
                List.of(
                    Parcel.of("good", new Item("a", "good")),
                    Parcel.of("half", new Item("b", "good"), new Item("c", "bad"))));

    assertThat(target.rows("SELECT id FROM T.Parcels"), contains("good"));
    assertThat(target.rows("SELECT id FROM T.Items"), contains("a"));
    assertThat(result.refused(), hasSize(1));
    assertThat(result.committedRows().get("T.Items"), is(1));
  }

  @Test
  void stopsAtABadRowAndKeepsWhatWasCommittedBefore() throws Exception {
    List<Parcel> parcels = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      parcels.add(Parcel.of("p%03d".formatted(i), new Item("i" + i, i == 236 ? "bad" : "good")));
    }

    StoreException.Stopped stopped =
        assertThrows(
            StoreException.Stopped.class,
            () -> writer(100, StorageMode.BATCH, OnBadRow.STOP).write(parcels));

    assertThat(stopped.getMessage(), containsString("i236"));
    assertThat(
        target.count("T.Parcels"), allOf(greaterThanOrEqualTo(200L), lessThanOrEqualTo(299L)));
    assertThat(target.count("T.Items"), equalTo(target.count("T.Parcels")));
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
  void namesTheTableThatIsMissing() throws Exception {
    target.execute("DROP TABLE T.Links");

    StoreException.Configuration e =
        assertThrows(
            StoreException.Configuration.class,
            () -> writer().write(List.of(Parcel.chain("p", 2))));

    assertThat(e.getMessage(), containsString("T.Links does not exist"));
  }

  @Test
  void namesTheTableAndTheColumnThatIsMissing() throws Exception {
    target.execute("ALTER TABLE T.Links DROP COLUMN target");

    StoreException.Configuration e =
        assertThrows(
            StoreException.Configuration.class,
            () -> writer().write(List.of(Parcel.chain("p", 2))));

    assertThat(e.getMessage(), containsString("table T.Links has no column target"));
  }

  @Test
  void returnsEveryConnection() throws Exception {
    for (int i = 0; i < 10; i++) {
      BatchResult<Parcel> result =
          writer()
              .write(List.of(Parcel.of("p" + i, new Item("i" + i, i % 2 == 0 ? "bad" : "good"))));
      assertThat(result.refused(), is(empty()));
    }
    assertThat(target.count("T.Parcels"), is(10L));
  }
}
