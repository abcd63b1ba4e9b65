package org.irisgraph.iris;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.irisgraph.iris.Parcel.Item;
import org.irisgraph.iris.spec.RejectedRow;
import org.irisgraph.iris.spec.TableWrite;
import org.irisgraph.jdbc.Row;
import org.junit.jupiter.api.Test;

/** Elements that are rejected, in a pipeline on the Direct runner. */
class RejectedElementsTest extends ParcelTables {

  @Test
  void countsTheRejectedOfOneWriteAlone() throws Exception {
    List<Parcel> parcels = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      parcels.add(new Parcel("p" + i, "x".repeat(101), List.of(), List.of()));
    }
    target.execute("CREATE TABLE T.Rejected (id VARCHAR(50) PRIMARY KEY)");
    Pipeline pipeline = pipeline();
    pipeline
        .apply(Create.of(parcels))
        .apply(
            "Store",
            IrisIO.<Parcel>write()
                .withConnection(target.settings())
                .withTables(Parcel.writes())
                .withElementKey(Parcel::id))
        .rejected()
        .apply(
            "NameRejected",
            IrisIO.<RejectedRow>write()
                .withConnection(target.settings())
                .withTables(
                    List.of(
                        TableWrite.<RejectedRow>into("T.Rejected")
                            .withColumns("id")
                            .withKey("id")
                            .withRows(row -> List.of(Row.of(row.rowId())))))
                .withElementKey(RejectedRow::rowId)
                .withMaxRejectedShare(0.1));

    pipeline.run().waitUntilFinish();

    assertThat(target.count("T.Rejected"), is(600L));
  }

  @Test
  void rejectsAnElementOfWhichNoRowIsStored() throws Exception {
    Pipeline pipeline = pipeline();
    WriteResult<Parcel> result =
        pipeline
            .apply(
                Create.of(
                    Parcel.of(
                        "bad", new Item("a", "x".repeat(101)), new Item("b", "x".repeat(101))),
                    Parcel.of("half", new Item("c", "x".repeat(101)), new Item("d", "good"))))
            .apply(
                IrisIO.<Parcel>write()
                    .withConnection(target.settings())
                    .withTables(List.of(noteOfEachItem()))
                    .withElementKey(Parcel::id));
    PAssert.that(
            result
                .committed()
                .apply("Ids", MapElements.into(TypeDescriptors.strings()).via(Parcel::id)))
        .containsInAnyOrder("half");
    PAssert.that(
            result
                .rejected()
                .apply("Rows", MapElements.into(TypeDescriptors.strings()).via(RejectedRow::rowId)))
        .containsInAnyOrder("a", "b", "c");

    pipeline.run().waitUntilFinish();

    assertThat(target.rows("SELECT id FROM T.Parcels"), contains("d"));
  }

  @Test
  void storesTheOtherRowsOfAnElementWithoutOneInTheFirstTable() throws Exception {
    Pipeline pipeline = pipeline();
    WriteResult<Parcel> result =
        pipeline
            .apply(Create.of(Parcel.of("p", new Item("a", "x".repeat(101)), new Item("b", "good"))))
            .apply(
                IrisIO.<Parcel>write()
                    .withConnection(target.settings())
                    .withTables(
                        List.of(
                            TableWrite.<Parcel>into("T.Links")
                                .withColumns("id")
                                .withKey("id")
                                .withRows(parcel -> List.of()),
                            noteOfEachItem()))
                    .withElementKey(Parcel::id));
    PAssert.that(
            result
                .committed()
                .apply("Ids", MapElements.into(TypeDescriptors.strings()).via(Parcel::id)))
        .containsInAnyOrder("p");

    pipeline.run().waitUntilFinish();

    assertThat(target.rows("SELECT id FROM T.Parcels"), contains("b"));
  }

  private static TableWrite<Parcel> noteOfEachItem() {
    return TableWrite.<Parcel>into("T.Parcels")
        .withColumns("id", "note")
        .withKey("id")
        .withRows(
            parcel -> parcel.items().stream().map(item -> Row.of(item.id(), item.name())).toList());
  }
}
