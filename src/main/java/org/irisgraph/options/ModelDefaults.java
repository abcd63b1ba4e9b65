package org.irisgraph.options;

import java.util.List;
import org.apache.beam.sdk.options.PipelineOptions;

/** The default types that a language model is asked for: those that GraphRAG knows. */
public final class ModelDefaults {

  private ModelDefaults() {}

  /** Those of iris-vector-rag 0.12. */
  public static final class EntityTypes implements DescribedDefault<List<String>> {

    private static final List<String> TYPES =
        List.of(
            "PERSON",
            "DISEASE",
            "DRUG",
            "TREATMENT",
            "SYMPTOM",
            "GENE",
            "PROTEIN",
            "ANATOMY",
            "PROCEDURE",
            "DEVICE",
            "VIRUS",
            "BACTERIA",
            "VACCINE",
            "BIOMARKER",
            "ORGANIZATION",
            "LOCATION",
            "DATE",
            "MONEY",
            "PERCENT",
            "PRODUCT",
            "EVENT");

    @Override
    public List<String> create(PipelineOptions options) {
      return TYPES;
    }

    @Override
    public String description() {
      return "the types of iris-vector-rag, such as PERSON, DISEASE, DRUG";
    }
  }

  /** The relation types, without the one for co-occurrence. */
  public static final class RelationTypes implements DescribedDefault<List<String>> {

    private static final List<String> TYPES =
        List.of(
            "treats",
            "causes",
            "prevents",
            "interacts_with",
            "located_in",
            "part_of",
            "associated_with",
            "related_to",
            "mentions",
            "refers_to",
            "works_for",
            "based_in",
            "happens_on");

    @Override
    public List<String> create(PipelineOptions options) {
      return TYPES;
    }

    @Override
    public String description() {
      return "the types of iris-vector-rag, such as treats, causes, prevents";
    }
  }
}
