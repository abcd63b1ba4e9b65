package org.irisgraph.iris;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.irisgraph.iris.spec.WriteMode;
import org.irisgraph.iris.wire.Fault;
import org.irisgraph.iris.wire.InsertPath;
import org.irisgraph.iris.wire.IrisWireServer;
import org.irisgraph.iris.wire.LoggedMessage;
import org.joda.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A pipeline stores exactly the right rows despite one fault between IRIS driver and server. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@Tag("slow")
class IrisFaultIT {

  private static final int PARCELS = 120;
  private static final int ITEMS_OF_EACH = 5;

  private IrisWireServer server;
  private TestTarget target;

  @BeforeEach
  void start() throws Exception {
    server = IrisWireServer.start(InsertPath.FAST);
    target = TestTarget.iris(server, Duration.standardSeconds(3));
    target.execute(Parcel.schemaAndTables());
  }

  @AfterEach
  void stop() throws Exception {
    target.close();
  }

  static Stream<Fault> faults() {
    List<Fault> faults = new ArrayList<>();
    for (Fault fault :
        List.of(
            Fault.lockConflict(),
            Fault.lockTimeout(),
            Fault.uniqueViolation(),
            Fault.fieldValidation(),
            Fault.error(400, "Fatal error occurred"),
            Fault.wrongMessageCount(),
            Fault.shortBody(1))) {
      faults.add(fault.containing("T.Items").after(1));
    }
    for (Fault fault :
        List.of(
            Fault.dropBefore(),
            Fault.dropDuring(),
            Fault.dropBeforeReply(),
            Fault.dropAfterReply(),
            Fault.hangBefore(),
            Fault.hangBeforeReply())) {
      faults.add(fault.containing("T.Items").after(1));
      faults.add(fault.on("TC").after(2));
    }
    faults.add(Fault.error(110, "Locking conflict in filing").on("TC").after(2));
    faults.add(Fault.lockConflict().containing("T.Links").times(3));
    faults.add(Fault.error(417, "LICENSE LIMIT EXCEEDED").on("CN"));
    return faults.stream();
  }

  @ParameterizedTest
  @MethodSource("faults")
  void endsWithExactlyTheRightRows(Fault fault) throws Exception {
    server.inject(fault);

    run(Duration.standardSeconds(30));

    assertThat(server.pendingFaults(), is(0));
    assertThat(target.count("T.Parcels"), is((long) PARCELS));
    assertThat(target.count("T.Items"), is((long) PARCELS * ITEMS_OF_EACH));
    assertThat(target.count("T.Links"), is((long) PARCELS * (ITEMS_OF_EACH - 1)));
  }

  /** Faults after which a row may be there already: the attempt that follows is an upsert. */
  static Stream<Fault> faultsOfInserts() {
    return Stream.of(
        Fault.uniqueViolation().containing("T.Items").after(1),
        Fault.dropBeforeReply().containing("T.Items").after(1),
        Fault.dropBefore().on("TC").after(2),
        Fault.dropBeforeReply().on("TC").after(2),
        Fault.hangBeforeReply().on("TC").after(2),
        Fault.error(110, "Locking conflict in filing").on("TC").after(2));
  }

  @ParameterizedTest
  @MethodSource("faultsOfInserts")
  void endsWithExactlyTheRightRowsOfPlainInserts(Fault fault) throws Exception {
    server.inject(fault);

    run(Duration.standardSeconds(30), WriteMode.INSERT);

    assertThat(server.pendingFaults(), is(0));
    assertThat(target.count("T.Parcels"), is((long) PARCELS));
    assertThat(target.count("T.Items"), is((long) PARCELS * ITEMS_OF_EACH));
    assertThat(target.count("T.Links"), is((long) PARCELS * (ITEMS_OF_EACH - 1)));
  }

  @Test
  void sendsPlainInsertsOnTheDriversFastPath() {
    run(Duration.standardSeconds(10), WriteMode.INSERT);

    List<LoggedMessage> executions =
        server.messages().stream().filter(message -> message.type().equals("PU")).toList();
    assertThat(executions.isEmpty(), is(false));
    for (LoggedMessage execution : executions) {
      assertThat(execution.sql(), startsWith("INSERT INTO"));
      assertThat(execution.sql(), execution.fastInsert(), is(true));
    }
  }

  @Test
  void failsAtOnceWhenTheLoginIsRefused() {
    server.inject(Fault.refuseLogin().times(1000));

    Exception e =
        assertThrows(
            Pipeline.PipelineExecutionException.class, () -> run(Duration.standardMinutes(5)));

    assertThat(e.getMessage(), containsString("the database refuses"));
  }

  @Test
  void recordsNothingOfAnOutageAsRejected() throws Exception {
    server.inject(Fault.lockConflict().containing("T.Items").after(2).times(1_000_000));

    Exception e =
        assertThrows(
            Pipeline.PipelineExecutionException.class, () -> run(Duration.standardSeconds(2)));

    assertThat(e.getMessage(), containsString("gave up after"));
    assertThat(e.getMessage(), containsString("code 110"));
    assertThat(target.count("T.Items"), is(target.count("T.Parcels") * ITEMS_OF_EACH));
  }

  @Test
  void doesNotDrainTheInputIntoTheRejectedRowsWhenAnUnknownErrorHitsEveryRow() throws Exception {
    server.inject(Fault.error(400, "Fatal error occurred").containing("T.Items").times(1_000_000));

    Exception e =
        assertThrows(
            Pipeline.PipelineExecutionException.class, () -> run(Duration.standardSeconds(10)));

    assertThat(e.getMessage(), containsString("an unknown error"));
    assertThat(target.count("T.Parcels"), is(0L));
  }

  @Test
  void usesEveryConnectionAgainAndClosesThemAll() throws Exception {
    run(Duration.standardSeconds(10));

    assertThat(server.count("CN"), greaterThan(0));
    assertThat(server.count("CN"), is(server.count("DC")));
  }

  private void run(Duration retryFor) {
    run(retryFor, WriteMode.UPSERT);
  }

  private void run(Duration retryFor, WriteMode writeMode) {
    List<Parcel> parcels = new ArrayList<>();
    for (int i = 0; i < PARCELS; i++) {
      parcels.add(Parcel.chain("p" + i, ITEMS_OF_EACH));
    }
    Pipeline pipeline = Pipeline.create(PipelineOptionsFactory.create());
    WriteResult<Parcel> result =
        pipeline
            .apply(Create.of(parcels).withCoder(SerializableCoder.of(Parcel.class)))
            .apply(
                IrisIO.<Parcel>write()
                    .withConnection(target.settings().withWriters(1))
                    .withTables(Parcel.writes())
                    .withElementKey(Parcel::id)
                    .withWriteMode(writeMode)
                    .withBatchRows(100)
                    .withShards(1)
                    .withRetryFor(retryFor));
    PAssert.that(result.rejected()).empty();
    pipeline.run().waitUntilFinish();
  }
}
