package org.irisgraph.options;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;

/** What a run is told of PDF, office documents and mail, which are parsed in processes apart. */
public interface TikaOptions extends PipelineOptions {

  @Description("Megabytes of heap for each process in which PDF and office documents are parsed.")
  @Default.Integer(512)
  @Range(min = 32, max = 65_536)
  int getTikaHeapMegabytes();

  void setTikaHeapMegabytes(int tikaHeapMegabytes);

  @Description("Seconds after which a PDF or an office document that is being parsed is given up.")
  @Default.Integer(60)
  @Range(min = 1, max = 3_600)
  int getTikaTimeoutSeconds();

  void setTikaTimeoutSeconds(int tikaTimeoutSeconds);

  @Description("Characters of a PDF's or an office document's text; what is beyond is left out.")
  @Default.Integer(5_000_000)
  @Range(min = 1_000, max = 100_000_000)
  int getTikaMaxCharacters();

  void setTikaMaxCharacters(int tikaMaxCharacters);
}
