package org.irisgraph.iris;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.blankOrNullString;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.irisgraph.iris.Parcel.Item;
import org.irisgraph.iris.Parcel.Link;
import org.irisgraph.iris.batch.BatchResult;
import org.irisgraph.iris.spec.OnBadRow;
import org.irisgraph.iris.spec.RejectedRow;
import org.irisgraph.iris.spec.StorageMode;
import org.irisgraph.jdbc.StoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Isolation and rejection of bad rows, on any database. */
abstract class BadRowContract extends SinkContract {

  @ParameterizedTest(name = "{0} documents, {1} bad")
  @CsvSource({"1000, 13", "2000, 100"})
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
    assertThat(first.table(), is(target.schema("T") + ".Items"));
    assertThat(first.reason(), is(RejectedRow.Reason.DATABASE));
    assertThat(first.code(), not(blankOrNullString()));
    assertThat(first.message(), not(blankOrNullString()));
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
  void rejectsTooLongNullAndForbiddenValuesBeforeTheDatabase() throws Exception {
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
  void rejectsRowsThatReferToARejectedRowWithTheirOwnReason() throws Exception {
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
  void storesTheGoodRowOfTwoElementsWithOneKey() throws Exception {
    BatchResult<Parcel> result =
        writer()
            .write(
                List.of(
                    Parcel.of("p1", new Item("shared", "good"), new Item("a", "good")),
                    Parcel.of("p2", new Item("shared", "bad"), new Item("b", "good"))));

    assertThat(
        target.rows("SELECT id, parcel FROM T.Items ORDER BY id"),
        contains("a|p1", "b|p2", "shared|p1"));
    assertThat(
        result.rejected().stream().map(row -> row.elementKey() + " " + row.rowId()).toList(),
        contains("p2 shared"));
    assertThat(result.committed(), hasSize(2));
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
    assertThat(result.committedRows().get(target.schema("T") + ".Items"), is(1));
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
