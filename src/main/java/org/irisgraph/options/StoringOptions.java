package org.irisgraph.options;

import java.util.List;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.irisgraph.iris.spec.ForeignRows;
import org.irisgraph.iris.spec.LongText;
import org.irisgraph.iris.spec.OnBadRow;
import org.irisgraph.iris.spec.StorageMode;
import org.irisgraph.iris.spec.WriteMode;
import org.jspecify.annotations.Nullable;

/** The options of how rows are stored. */
@Group(OptionGroup.STORING)
public interface StoringOptions extends PipelineOptions {

  @Description("How rows are stored: in batches, or individually for comparison.")
  @Default.Enum("BATCH")
  StorageMode getStorageMode();

  void setStorageMode(StorageMode storageMode);

  @Description(
      "How new rows are written: by upserts, or by inserts, which make a first "
          + "load faster and fall back to upserts.")
  @Default.Enum("UPSERT")
  WriteMode getWriteMode();

  void setWriteMode(WriteMode writeMode);

  @Description(
      "IRIS checks to skip, separated by commas, each with the privilege of its "
          + "name: nolock (no row locks, only without concurrent writers), nocheck (no "
          + "constraint checks, only with writeMode=insert into empty tables).")
  @Nullable List<String> getIrisHints();

  void setIrisHints(List<String> irisHints);

  @Description(
      "How IRIS gets texts above 3,641,144 characters, the limit of its strings: as streams, or "
          + "not at all (string), so that their documents are rejected as TOO_LONG.")
  @Default.Enum("STREAM")
  LongText getIrisLongText();

  void setIrisLongText(LongText irisLongText);

  @Description(
      "Whether IRIS builds the indexes only at the end of the run, with the "
          + "privileges NOINDEX and BUILD_INDEX; until then queries find no rows, so "
          + "only with writeMode=insert into empty tables.")
  @Default.Boolean(false)
  boolean isDeferIndexes();

  void setDeferIndexes(boolean deferIndexes);

  @Description(
      "Which names are one node, separated by commas: hyphens, greek, possessives, british,"
          + " plurals, shortForms; none for no rule.")
  @Default.InstanceFactory(DerivedDefaults.NodeRules.class)
  List<String> getNodeRules();

  void setNodeRules(List<String> nodeRules);

  @Description("Most rows of a table in one transaction; IRIS escalates locks at the 1001st.")
  @Default.Integer(1000)
  @Range(min = 1, max = 10_000)
  int getBatchRows();

  void setBatchRows(int batchRows);

  @Description("Most bytes of text in one batch.")
  @Default.Integer(8_000_000)
  @Range(min = 1, max = 1_000_000_000)
  int getMaxBatchBytes();

  void setMaxBatchBytes(int maxBatchBytes);

  @Description("Database connections for storing in each worker's JVM.")
  @Default.InstanceFactory(DerivedDefaults.Writers.class)
  @Range(min = 1, max = 256)
  Integer getWriters();

  void setWriters(Integer writers);

  @Description("Groups in which documents are batched, by hash of the document id.")
  @Default.InstanceFactory(DerivedDefaults.Shards.class)
  @Range(min = 1, max = 10_000)
  Integer getShards();

  void setShards(Integer shards);

  @Description("Milliseconds after which a batch is stored even if it is not full.")
  @Default.Long(500)
  @Range(min = 1, max = 3_600_000)
  long getMaxBufferingMillis();

  void setMaxBufferingMillis(long maxBufferingMillis);

  @Description(
      "Whether rewriting a document keeps or replaces the entities and "
          + "relationships that other tools stored for it.")
  @Default.Enum("KEEP")
  ForeignRows getForeignRows();

  void setForeignRows(ForeignRows foreignRows);

  @Description(
      "Whether the entities of all documents are linked to one graph: nodes, in the tables "
          + "GraphNodes and GraphEdges beside the ledger; same_as, also by relationships of that "
          + "type between entities of different documents.")
  @Default.InstanceFactory(DerivedDefaults.Linking.class)
  LinkEntities getLinkEntities();

  void setLinkEntities(LinkEntities linkEntities);

  @Description(
      "Whether the places of mentions and the sentences that state relationships are stored, in the"
          + " tables EntityMentions and RelationshipEvidence beside the ledger.")
  @Default.InstanceFactory(DerivedDefaults.Evidence.class)
  Boolean getEvidence();

  void setEvidence(Boolean evidence);

  @Description(
      "Whether the parts of a text are stored beside it, as rows of SourceDocuments with vectors of"
          + " their own, to which its entities refer: none; sentences, parts of whole sentences.")
  @Default.Enum("NONE")
  PassageStrategy getPassages();

  void setPassages(PassageStrategy passages);

  @Description("Most characters of a passage; longer sentences are divided.")
  @Default.Integer(1000)
  @Range(min = 100, max = 1_000_000)
  int getPassageSize();

  void setPassageSize(int passageSize);

  @Description(
      "Most characters that a passage repeats from the end of the one before, in whole sentences.")
  @Default.Integer(200)
  @Range(min = 0, max = 1_000_000)
  int getPassageOverlap();

  void setPassageOverlap(int passageOverlap);

  @Description(
      "Schema of the tables of iris-vector-graph, as Graph_KG, to which the linked graph is also "
          + "published; needs linkEntities=nodes or same_as.")
  @Nullable String getGraphSchema();

  void setGraphSchema(String graphSchema);

  @Description(
      "Whether iris-vector-graph's adjacency index ^KG is built after publishing, on IRIS with its "
          + "class Graph.KG.Traversal; needs graphSchema.")
  @Default.Boolean(false)
  boolean isGraphSync();

  void setGraphSync(boolean graphSync);

  @Description(
      "What to do with a document that has a row that cannot be stored: skip the "
          + "row, reject the document, or stop the run.")
  @Default.Enum("SKIP")
  OnBadRow getOnBadRow();

  void setOnBadRow(OnBadRow onBadRow);

  @Description(
      "Share of rejected documents above which the run fails, checked once 500 "
          + "documents are read.")
  @Default.Double(0.5)
  @Range(min = 0, max = 1)
  double getMaxRejectedShare();

  void setMaxRejectedShare(double maxRejectedShare);
}
