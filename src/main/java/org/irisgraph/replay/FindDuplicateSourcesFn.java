package org.irisgraph.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TupleTag;
import org.irisgraph.graph.Document;
import org.irisgraph.graph.Origin;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.jdbc.WorkerDatabase;
import org.irisgraph.ledger.DuplicateIdLookup;
import org.irisgraph.plan.RunPlan;
import org.irisgraph.source.HashedDocument;
import org.joda.time.Duration;

/** Outputs the documents that the ledger has at another place separately, by that place. */
final class FindDuplicateSourcesFn
    extends DoFn<KV<Integer, Iterable<HashedDocument>>, HashedDocument> {

  private final WorkerDatabase database;
  private final DuplicateIdLookup lookup;
  private final TupleTag<HashedDocument> settled;
  private final TupleTag<KV<String, KV<Long, HashedDocument>>> moved;

  FindDuplicateSourcesFn(
      RunPlan plan,
      Duration retryFor,
      TupleTag<HashedDocument> settled,
      TupleTag<KV<String, KV<Long, HashedDocument>>> moved) {
    this.database = new WorkerDatabase(plan.connection(), retryFor);
    this.lookup = new DuplicateIdLookup(plan.ledger());
    this.settled = settled;
    this.moved = moved;
  }

  @Setup
  public void setup() {
    database.open();
  }

  @ProcessElement
  public void processElement(
      @Element KV<Integer, Iterable<HashedDocument>> group, MultiOutputReceiver output)
      throws StoreException, InterruptedException {
    List<HashedDocument> elements = new ArrayList<>();
    List<Document> documents = new ArrayList<>();
    for (HashedDocument element : group.getValue()) {
      elements.add(element);
      documents.add(element.document());
    }
    List<Optional<Origin>> places = database.query(open -> lookup.find(open, documents));
    for (int i = 0; i < elements.size(); i++) {
      if (places.get(i).isPresent()) {
        Origin place = places.get(i).get();
        output.get(moved).output(KV.of(place.source(), KV.of(place.position(), elements.get(i))));
      } else {
        output.get(settled).output(elements.get(i));
      }
    }
  }

  @Teardown
  public void teardown() {
    database.close();
  }
}
