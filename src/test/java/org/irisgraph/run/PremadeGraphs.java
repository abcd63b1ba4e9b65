package org.irisgraph.run;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.irisgraph.graph.Document;
import org.irisgraph.graph.DocumentGraph;
import org.irisgraph.graph.Entity;
import org.irisgraph.graph.GraphIds;
import org.irisgraph.graph.Relationship;
import org.irisgraph.source.HashedDocument;

/**
 * Replaces the extraction: gives a chain of entities for any text, and keeps the processor busy for
 * a given time.
 */
public final class PremadeGraphs extends DoFn<HashedDocument, DocumentGraph> {

  private static final byte[] WORK = new byte[64 * 1024];

  private final int entities;
  private final int rounds;

  /**
   * Makes graphs of the same size.
   *
   * @param entities of each document; the document and the relationships between neighbours come to
   *     twice as many rows
   * @param rounds of SHA-256 over 64 KB for each document
   */
  public PremadeGraphs(int entities, int rounds) {
    this.entities = entities;
    this.rounds = rounds;
  }

  @ProcessElement
  public void processElement(@Element HashedDocument element, OutputReceiver<DocumentGraph> output)
      throws NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (int i = 0; i < rounds; i++) {
      digest.update(WORK);
    }
    if (rounds > 0 && digest.digest().length == 0) {
      throw new IllegalStateException("SHA-256 gives 32 bytes");
    }
    Document document = element.document();
    List<Entity> nodes = new ArrayList<>(entities);
    List<Relationship> edges = new ArrayList<>(entities);
    for (int i = 0; i < entities; i++) {
      String name = "entity " + i;
      String id = GraphIds.entity(document.id(), "DISEASE", name);
      nodes.add(new Entity(id, name, "DISEASE", 1, i, i + 1, 1, "premade"));
      if (i > 0) {
        String before = nodes.get(i - 1).id();
        edges.add(
            new Relationship(
                GraphIds.relationship(document.id(), before, id, "co_occurs_with"),
                before,
                id,
                "co_occurs_with",
                1,
                1));
      }
    }
    output.output(
        DocumentGraph.builder()
            .setDocumentId(document.id())
            .setOrigin(document.origin())
            .setText(document.text())
            .setContentHash(element.contentHash())
            .setEntities(nodes)
            .setRelationships(edges)
            .build());
  }
}
