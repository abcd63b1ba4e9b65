package org.irisgraph.iris;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.WithTimestamps;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.irisgraph.iris.Parcel.Item;
import org.irisgraph.iris.batch.WritePlan;
import org.irisgraph.iris.spec.RejectedRow;
import org.irisgraph.iris.spec.TableWrite;
import org.irisgraph.jdbc.ConnectionSettings;
import org.irisgraph.jdbc.Database;
import org.irisgraph.jdbc.PasswordReference;
import org.irisgraph.jdbc.Row;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The transform in a pipeline on the Direct runner. */
class IrisIOTest extends ParcelTables {

  private IrisIO.Write<Parcel> write() {
    return IrisIO.<Parcel>write()
        .withConnection(target.settings())
        .withTables(Parcel.writes())
        .withElementKey(Parcel::id);
  }

  @Test
  @Tag("slow")
  void storesAllAndNamesTheRejectedRows() throws Exception {
    List<Parcel> parcels = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      parcels.add(Parcel.of("p" + i, new Item("i" + i, i % 77 == 5 ? "bad" : "good")));
    }
    Pipeline pipeline = pipeline();
    WriteResult<Parcel> result =
        pipeline.apply(Create.of(parcels)).apply(write().withBatchRows(100));
    PAssert.that(
            result
                .rejected()
                .apply(MapElements.into(TypeDescriptors.strings()).via(RejectedRow::rowId)))
        .containsInAnyOrder(
            parcels.stream()
                .flatMap(parcel -> parcel.items().stream())
                .filter(item -> item.name().equals("bad"))
                .map(Item::id)
                .toList());
    pipeline.run().waitUntilFinish();

    assertThat(target.count("T.Items"), is(987L));
    assertThat(target.count("T.Parcels"), is(1000L));
  }

  @Test
  void outputsInTheWindowsOfTheInput() {
    Pipeline pipeline = pipeline();
    WriteResult<Parcel> result =
        pipeline
            .apply(
                Create.of(
                        Parcel.of("0", new Item("a", "bad")),
                        Parcel.of("60000", new Item("b", "bad")),
                        Parcel.of("60001", new Item("c", "good")))
                    .withCoder(SerializableCoder.of(Parcel.class)))
            .apply(WithTimestamps.of(parcel -> Instant.ofEpochMilli(Long.parseLong(parcel.id()))))
            .apply(Window.into(FixedWindows.of(Duration.standardMinutes(1))))
            .apply(write().withShards(1));
    IntervalWindow first = new IntervalWindow(Instant.ofEpochMilli(0), Duration.standardMinutes(1));
    IntervalWindow second =
        new IntervalWindow(Instant.ofEpochMilli(60_000), Duration.standardMinutes(1));
    PAssert.that(
            result
                .committed()
                .apply("Ids", MapElements.into(TypeDescriptors.strings()).via(Parcel::id)))
        .inWindow(first)
        .containsInAnyOrder("0")
        .inWindow(second)
        .containsInAnyOrder("60000", "60001");
    PAssert.that(
            result
                .rejected()
                .apply("Rows", MapElements.into(TypeDescriptors.strings()).via(RejectedRow::rowId)))
        .inWindow(first)
        .containsInAnyOrder("a")
        .inWindow(second)
        .containsInAnyOrder("b");
    pipeline.run().waitUntilFinish();
  }

  @Test
  void failsAfterTooManyElementsWereRejected() {
    List<Parcel> parcels = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      parcels.add(new Parcel("p" + i, "x".repeat(101), List.of(), List.of()));
    }
    Pipeline pipeline = pipeline(2);
    pipeline.apply(Create.of(parcels)).apply(write().withBatchRows(100).withMaxRejectedShare(0.5));

    Exception e =
        assertThrows(
            Pipeline.PipelineExecutionException.class, () -> pipeline.run().waitUntilFinish());

    assertThat(e.getMessage(), containsString("maxRejectedShare=0.5"));
    assertThat(e.getMessage(), containsString("note has 101 characters, the column holds 100"));
  }

  @Test
  void writesNothingAfterTheStopSignal() throws Exception {
    Pipeline pipeline = pipeline();
    WriteResult<Parcel> result =
        pipeline
            .apply(Create.of(Parcel.of("p1"), Parcel.of("p2")))
            .apply(write().withStopSignal(() -> true));
    PAssert.that(result.committed()).empty();
    PAssert.that(result.rejected()).empty();

    pipeline.run().waitUntilFinish();

    assertThat(target.count("T.Parcels"), is(0L));
  }

  @Test
  void refusesATableBeforeTheOneItRefersTo() {
    List<TableWrite<Parcel>> reversed = new ArrayList<>(Parcel.writes());
    Collections.reverse(reversed);

    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> IrisIO.<Parcel>write().withTables(reversed));

    assertThat(
        e.getMessage(),
        is("source of table T.Links refers to T.Items, which is not written before it"));
  }

  @Test
  void refusesAReferenceToATableWithSeveralColumnsInItsKey() {
    TableWrite<Parcel> parcels =
        TableWrite.<Parcel>into("T.Parcels")
            .withColumns("id", "note")
            .withKey("id", "note")
            .withRows(parcel -> List.of(Row.of(parcel.id(), parcel.note())));

    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> IrisIO.<Parcel>write().withTables(List.of(parcels, Parcel.writes().get(1))));

    assertThat(
        e.getMessage(),
        is(
            "parcel of table T.Items refers to T.Parcels, whose key has several columns: leave the"
                + " reference out"));
  }

  @Test
  void refusesAValueOfAnUnsupportedClass() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Row.of("id", LocalDateTime.MIN));

    assertThat(e.getMessage(), containsString("value 2 of the row is a java.time.LocalDateTime"));
  }

  @Tag("slow")
  @Test
  void leavesNoPoolBehind() throws Exception {
    Set<Thread> before = poolThreads();
    for (int i = 0; i < 20; i++) {
      Pipeline pipeline = pipeline();
      pipeline
          .apply(Create.of(Parcel.of("p" + i)).withCoder(SerializableCoder.of(Parcel.class)))
          .apply(write());
      pipeline.run().waitUntilFinish();
    }

    // Ignores the pools of other tests: after a failed pipeline the Direct runner may set up a
    // function again and never tear it down.
    assertThat(Database.open(), not(hasItem(target.settings())));
    Set<Thread> after = poolThreads();
    after.removeAll(before);
    assertThat(after, is(Set.of()));
    assertThat(target.count("T.Parcels"), is(20L));
  }

  @Test
  void showsItsSettingsButNoSecret() {
    ConnectionSettings settings =
        new ConnectionSettings(
            "jdbc:h2:mem:shown",
            "the-user",
            PasswordReference.of("env:THE_VARIABLE"),
            Map.of("property", "the-value"),
            3);

    String shown = DisplayData.from(write().withConnection(settings).withBatchRows(77)).toString();

    assertThat(shown, containsString("jdbc:h2:mem:shown"));
    assertThat(shown, containsString("77"));
    assertThat(shown, containsString("T.Parcels"));
    assertThat(shown, not(containsString("the-value")));
    assertThat(shown, not(containsString("THE_VARIABLE")));
  }

  @Test
  void refusesWrongOptionsAtOnce() {
    assertThat(
        List.of(
            messageOf(() -> write().withBatchRows(0)),
            messageOf(() -> write().withBatchRows(10_001)),
            messageOf(() -> write().withShards(0)),
            messageOf(() -> write().withMaxRejectedShare(1.1)),
            messageOf(() -> write().withMaxBatchBytes(0)),
            messageOf(() -> write().withRetryFor(Duration.millis(-1))),
            messageOf(() -> write().withMaxBufferingDuration(Duration.millis(-1))),
            messageOf(() -> write().withTables(twice(Parcel.writes().get(0))))),
        containsInAnyOrder(
            "batchRows must be between 1 and 10000",
            "batchRows must be between 1 and 10000",
            "shards must be at least 1",
            "maxRejectedShare must be between 0 and 1",
            "maxBatchBytes must be at least 1",
            "retryFor must not be negative",
            "maxBufferingDuration must not be negative",
            "table T.Parcels is listed twice: write all its rows together"));
  }

  private static List<TableWrite<Parcel>> twice(TableWrite<Parcel> table) {
    return List.of(table, table);
  }

  private static String messageOf(org.junit.jupiter.api.function.Executable executable) {
    return assertThrows(IllegalArgumentException.class, executable).getMessage();
  }

  @Test
  void weighsLongTextsSoThatABatchStaysWithinItsBytes() {
    WritePlan<Parcel> plan =
        WritePlan.<Parcel>builder().setTables(Parcel.writes()).setElementKey(Parcel::id).build();
    Weigher<Parcel> weigher = new Weigher<>(plan, null, parcel -> 80_000L, 1000, 8_000_000);

    assertThat(weigher.weigh(Parcel.chain("few", 3)), is(10L));
    assertThat(weigher.weigh(Parcel.chain("many", 30)), is(30L));
  }

  private static Set<Thread> poolThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("writers"))
        .collect(Collectors.toSet());
  }
}
