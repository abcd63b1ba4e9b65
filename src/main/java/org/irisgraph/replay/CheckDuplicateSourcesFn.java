package org.irisgraph.replay;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.irisgraph.document.DocumentSink;
import org.irisgraph.document.PathId;
import org.irisgraph.document.SourceFile;
import org.irisgraph.document.format.SourceReader;
import org.irisgraph.graph.Document;
import org.irisgraph.graph.Failure;
import org.irisgraph.graph.Origin;
import org.irisgraph.iris.spec.CommitGuard;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.jdbc.WorkerDatabase;
import org.irisgraph.ledger.DatabaseParseAttempts;
import org.irisgraph.ledger.DuplicateIdLookup;
import org.irisgraph.plan.ReaderSettings;
import org.irisgraph.plan.RunPlan;
import org.irisgraph.runner.StopRequests;
import org.irisgraph.source.HashedDocument;
import org.joda.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Re-reads a source that gave the ids of some documents before, and marks in the ledger those that
 * it still gives. The documents are output afterwards, so that a kill in between changes nothing.
 */
final class CheckDuplicateSourcesFn
    extends DoFn<KV<String, Iterable<KV<Long, HashedDocument>>>, HashedDocument> {

  private static final int MARKED_AT_ONCE = 500;

  private final List<String> globs;
  private final @Nullable String base;
  private final SourceReader reader;
  private final DuplicateIdLookup lookup;
  private final WorkerDatabase database;
  private final String runId;
  private final CommitGuard guard;

  CheckDuplicateSourcesFn(RunPlan plan, Duration retryFor) {
    // A run that reads a table has no files; all rows of an id are read together there.
    this.globs = plan.table().isEmpty() ? ReaderSettings.globs(plan.options()) : List.of();
    this.base = plan.options().getInputBase();
    this.reader = plan.reader();
    this.lookup = new DuplicateIdLookup(plan.ledger());
    this.database = new WorkerDatabase(plan.connection(), retryFor);
    this.runId = plan.ledger().runId();
    this.guard = plan.lease().guard();
  }

  @Setup
  public void setup() {
    guard.open();
    database.open();
    reader.open();
  }

  @ProcessElement
  public void processElement(
      @Element KV<String, Iterable<KV<Long, HashedDocument>>> moved,
      OutputReceiver<HashedDocument> output)
      throws StoreException, InterruptedException {
    Map<Long, List<String>> wanted = new HashMap<>();
    for (KV<Long, HashedDocument> document : moved.getValue()) {
      wanted
          .computeIfAbsent(document.getKey(), position -> new ArrayList<>())
          .add(document.getValue().document().id());
    }
    List<Document> given = given(moved.getKey(), wanted);
    for (int start = 0; start < given.size(); start += MARKED_AT_ONCE) {
      List<Document> some = given.subList(start, Math.min(given.size(), start + MARKED_AT_ONCE));
      database.query(
          open -> {
            lookup.confirm(open, some);
            guard.verify(open);
            return some.size();
          });
    }
    if (!StopRequests.contains(runId)) {
      moved.getValue().forEach(document -> output.output(document.getValue()));
    }
  }

  @Teardown
  public void teardown() {
    reader.close();
    database.close();
    guard.close();
  }

  /** The documents that are still at the places in the ledger; without their texts. */
  private List<Document> given(String source, Map<Long, List<String>> wanted)
      throws StoreException {
    List<Document> given = new ArrayList<>();
    if (globs.isEmpty()) {
      return given;
    }
    DocumentSink sink =
        new DocumentSink() {
          @Override
          public void document(Document document) {
            List<String> ids = wanted.getOrDefault(document.origin().position(), List.of());
            for (String id : ids) {
              if (lookup.isSame(id, document.id())
                  || PathId.isKept(id, document.id(), document.origin())) {
                given.add(new Document(id, document.origin(), "", Map.of()));
              }
            }
          }

          @Override
          public void unreadable(Origin origin, @Nullable String documentId, Failure failure) {
            // An unreadable place gives no id; a run over all input reports it.
          }
        };
    SourceFile file = file(SourceFile.container(source));
    try {
      reader.split(
          file,
          chunk -> {
            if (chunk.part().source().equals(source)) {
              reader.read(chunk, sink);
            }
          },
          sink);
    } catch (DatabaseParseAttempts.StoreFailed e) {
      throw e.getCause();
    }
    return given;
  }

  /** The file as the input's glob names it, since its relative path may be the document's id. */
  private SourceFile file(String source) {
    return globs.stream()
        .map(glob -> SourceFile.matched(glob, base, source, 0))
        .filter(file -> file.path().length() < source.length())
        .findFirst()
        .orElseGet(() -> SourceFile.matched(globs.get(0), base, source, 0));
  }
}
