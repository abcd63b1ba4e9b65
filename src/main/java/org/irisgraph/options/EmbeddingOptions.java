package org.irisgraph.options;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;

/** The options of the model that computes vectors. */
@Group(OptionGroup.EMBEDDING_MODEL)
public interface EmbeddingOptions extends PipelineOptions {

  @Description(
      "Model that computes the vector of each text, in the column embedding of SourceDocuments: "
          + "none; minilm, all-MiniLM-L6-v2 with 8-bit weights; minilm_full, the same as "
          + "published; endpoint, the model at embeddingUrl.")
  @Default.Enum("NONE")
  Embeddings getEmbeddings();

  void setEmbeddings(Embeddings embeddings);

  @Description(
      "Whether a run that stores vectors creates an index of them at its end: none; hnsw, on IRIS "
          + "and in columns of pgvector.")
  @Default.Enum("NONE")
  VectorIndexKind getVectorIndex();

  void setVectorIndex(VectorIndexKind vectorIndex);

  @Description(
      "OpenAI-compatible endpoint of embeddings=endpoint, including the version, as in "
          + "http://localhost:11434/v1.")
  @Nullable String getEmbeddingUrl();

  void setEmbeddingUrl(String embeddingUrl);

  @Description("Name of the embedding model at its endpoint.")
  @Nullable String getEmbeddingModel();

  void setEmbeddingModel(String embeddingModel);

  @Description(
      "Where each worker finds the API key, env:NAME or file:PATH; without it, none is sent.")
  @Nullable String getEmbeddingApiKeyFrom();

  void setEmbeddingApiKeyFrom(String embeddingApiKeyFrom);

  @Description(
      "Numbers to request for each vector, if the model can shorten its vectors; 0 for its own.")
  @Default.Integer(0)
  @Range(min = 0, max = 65_536)
  int getEmbeddingDimensions();

  void setEmbeddingDimensions(int embeddingDimensions);

  @Description(
      "Characters of a text that are sent; what follows is not embedded. If the model takes fewer, "
          + "the text is halved until it fits.")
  @Default.Integer(8000)
  @Range(min = 100, max = 1_000_000)
  int getEmbeddingMaxCharacters();

  void setEmbeddingMaxCharacters(int embeddingMaxCharacters);

  @Description("Most texts in one request.")
  @Default.Integer(32)
  @Range(min = 1, max = 2048)
  int getEmbeddingBatchTexts();

  void setEmbeddingBatchTexts(int embeddingBatchTexts);

  @Description("Concurrent requests in each worker's JVM.")
  @Default.Integer(4)
  @Range(min = 1, max = 256)
  int getEmbeddingConcurrency();

  void setEmbeddingConcurrency(int embeddingConcurrency);

  @Description("Most requests per minute of each worker's JVM; 0 for no limit.")
  @Default.Integer(0)
  @Range(min = 0, max = 1_000_000)
  int getEmbeddingRequestsPerMinute();

  void setEmbeddingRequestsPerMinute(int embeddingRequestsPerMinute);

  @Description("Seconds that a request may take, up to the last byte of its answer.")
  @Default.Integer(120)
  @Range(min = 1, max = 3600)
  int getEmbeddingTimeoutSeconds();

  void setEmbeddingTimeoutSeconds(int embeddingTimeoutSeconds);

  @Description("Price of a million tokens, for the summary.")
  @Nullable Double getEmbeddingPrice();

  void setEmbeddingPrice(Double embeddingPrice);
}
