package org.irisgraph.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TupleTag;
import org.irisgraph.graph.Document;
import org.irisgraph.graph.Origin;
import org.irisgraph.graphrag.DuplicateIdLookup;
import org.irisgraph.jdbc.ConnectionSettings;
import org.irisgraph.jdbc.Database;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.plan.RunPlan;
import org.irisgraph.source.HashedDocument;
import org.joda.time.Duration;

/** Outputs the documents that the ledger has at another place separately, by that place. */
final class FindDuplicateSourcesFn
    extends DoFn<KV<Integer, Iterable<HashedDocument>>, HashedDocument> {

  private final ConnectionSettings connection;
  private final DuplicateIdLookup lookup;
  private final Duration retryFor;
  private final TupleTag<HashedDocument> settled;
  private final TupleTag<KV<String, KV<Long, HashedDocument>>> moved;
  private transient Database database;

  FindDuplicateSourcesFn(
      RunPlan plan,
      Duration retryFor,
      TupleTag<HashedDocument> settled,
      TupleTag<KV<String, KV<Long, HashedDocument>>> moved) {
    this.connection = plan.connection();
    this.lookup = new DuplicateIdLookup(plan.ledger());
    this.retryFor = retryFor;
    this.settled = settled;
    this.moved = moved;
  }

  @Setup
  public void setup() {
    database = Database.acquire(connection);
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
    List<Optional<Origin>> places = database.query(retryFor, open -> lookup.find(open, documents));
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
    if (database != null) {
      database.close();
      database = null;
    }
  }
}
